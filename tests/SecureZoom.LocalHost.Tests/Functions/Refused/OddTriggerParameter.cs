using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class OddTriggerParameter
{
    [Function("bound")]
    public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] string request)
    {
    }
}
