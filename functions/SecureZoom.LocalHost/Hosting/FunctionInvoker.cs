using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace SecureZoom.LocalHost.Hosting;

/// <summary>Runs functions inside their middleware.</summary>
internal sealed class FunctionInvoker(
    IServiceScopeFactory scopes, IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
{
    private readonly FunctionExecutionDelegate _pipeline = middleware.Reverse().Aggregate(
        (FunctionExecutionDelegate)(async context =>
            context.GetInvocationResult().Value = await ((Invocation)context).Function.CallAsync((Invocation)context)),
        (next, wrap) => wrap(next));

    /// <returns>The result that the function, or middleware in its place, has left.</returns>
    public async Task<object?> InvokeAsync(Invocation invocation)
    {
        await _pipeline(invocation);
        return invocation.GetInvocationResult().Value;
    }

    /// <summary>Runs a function that no request triggered, in a scope and a trace of its own.</summary>
    public async Task InvokeAsync(
        HostedFunction function, object input, IReadOnlyDictionary<string, object?> bindingData, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var activity = new Activity(function.Name).Start();
        await _pipeline(new Invocation(function, input, bindingData, scope.ServiceProvider, cancellationToken));
    }
}
