using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class NoTrigger
{
    [Function("untriggered")]
    public static void Run(HttpRequest request)
    {
    }
}
