using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class NotInRoute
{
    [Function("lost")]
    public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, string id)
    {
    }
}
