using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class OddResult
{
    [Function("result")]
    public static ValueTask<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => new(Results.Ok());
}
