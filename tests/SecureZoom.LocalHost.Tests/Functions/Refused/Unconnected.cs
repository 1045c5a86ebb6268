using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class Unconnected
{
    [Function("unconnected")]
    public static void Run([QueueTrigger("some-queue", Connection = "NotThere")] string message)
    {
    }
}
