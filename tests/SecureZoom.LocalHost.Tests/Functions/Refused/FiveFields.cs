using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class FiveFields
{
    [Function("five")]
    public static void Run([TimerTrigger("0 0 * * *")] TimerInfo timer)
    {
    }
}
