using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class TwoTriggers
{
    [Function("torn")]
    public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, [TimerTrigger("0 0 0 * * *")] TimerInfo timer)
    {
    }
}
