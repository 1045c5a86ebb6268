using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class NestedClass
{
    public static class Inner
    {
        [Function("nested")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
        }
    }
}
