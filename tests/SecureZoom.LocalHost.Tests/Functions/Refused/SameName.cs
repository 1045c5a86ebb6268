using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class SameName
{
    [Function("twin")]
    public static void First([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
    }

    [Function("TWIN")]
    public static void Second([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
    }
}
