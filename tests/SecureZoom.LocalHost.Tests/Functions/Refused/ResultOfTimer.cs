using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class ResultOfTimer
{
    [Function("timed")]
    public static IResult Run([TimerTrigger("0 0 0 * * *")] TimerInfo timer) => Results.Ok();
}
