using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests.Functions.Refused;

public static class Unnamed
{
    [Function("unnamed")]
    public static void Run([TimerTrigger("%NotThere%")] TimerInfo timer)
    {
    }
}
