using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class BadRoute
{
    [Function("route")]
    public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{b")] HttpRequest request)
    {
    }
}
