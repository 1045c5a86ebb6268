using Microsoft.Azure.Functions.Worker;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests.Functions;

public sealed class Clock(Script script)
{
    [Function("Tick")]
    public Task Tick([TimerTrigger("%Schedule%")] TimerInfo timer, FunctionContext context) =>
        script.ActAsync(context, timer);
}
