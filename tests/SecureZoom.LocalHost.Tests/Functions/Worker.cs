using Microsoft.Azure.Functions.Worker;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests.Functions;

public sealed class Worker(Script script)
{
    [Function("Work")]
    public Task Work([QueueTrigger("%QueueName%", Connection = "Store")] string message, FunctionContext context) =>
        script.ActAsync(context, message);
}
