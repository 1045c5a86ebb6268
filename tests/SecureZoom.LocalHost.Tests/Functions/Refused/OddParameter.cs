using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class OddParameter
{
    [Function("odd")]
    public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, Uri address)
    {
    }
}
