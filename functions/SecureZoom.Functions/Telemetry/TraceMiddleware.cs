using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace SecureZoom.Functions.Telemetry;

/// <summary>A span around every invocation, named after its function.</summary>
internal sealed class TraceMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using var span = AppTraces.Start(context.FunctionDefinition.Name, Kind(context.FunctionDefinition));
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            span?.Fail(exception.GetType().Name);
            throw;
        }
    }

    private static ActivityKind Kind(FunctionDefinition function)
    {
        var triggers = function.InputBindings.Values.Select(binding => binding.Type).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return triggers.Contains("httpTrigger") ? ActivityKind.Server
            : triggers.Contains("queueTrigger") ? ActivityKind.Consumer
            : ActivityKind.Internal;
    }
}
