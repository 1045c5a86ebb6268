using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace SecureZoom.Functions.Telemetry;

/// <summary>A span around every invocation, named after its function; it goes on with the caller's trace (W3C Trace Context).</summary>
internal sealed class TraceMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using var span = AppTraces.StartCall(context.FunctionDefinition.Name, Kind(context.FunctionDefinition), Parent(context));
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            span.Fail(exception.GetType().Name);
            throw;
        }
    }

    /// <summary>The worker's own span when it has one, which it has only for somebody who listens; else what the request or the host says.</summary>
    private static ActivityContext Parent(FunctionContext context)
    {
        if (Activity.Current is { } current)
        {
            return current.Context;
        }

        var headers = context.GetHttpContext()?.Request.Headers;
        return ActivityContext.TryParse(headers?.TraceParent, headers?.TraceState, isRemote: true, out var callers) ? callers
            : ActivityContext.TryParse(context.TraceContext.TraceParent, traceState: null, isRemote: true, out var hosts) ? hosts
            : default;
    }

    private static ActivityKind Kind(FunctionDefinition function)
    {
        var triggers = function.InputBindings.Values.Select(binding => binding.Type).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return triggers.Contains("httpTrigger") ? ActivityKind.Server
            : triggers.Contains("queueTrigger") ? ActivityKind.Consumer
            : ActivityKind.Internal;
    }
}
