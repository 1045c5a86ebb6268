using Microsoft.Azure.Functions.Worker;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests.Functions;

public sealed class EagerClock(Script script)
{
    [Function("TickAtOnce")]
    public Task Tick([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer, FunctionContext context) =>
        script.ActAsync(context, timer);
}
