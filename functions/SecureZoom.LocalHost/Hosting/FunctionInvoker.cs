namespace SecureZoom.LocalHost.Hosting;

/// <summary>Runs functions inside their middleware.</summary>
internal sealed partial class FunctionInvoker(
    IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware, IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime, ILogger<FunctionInvoker> logger)
{
    private readonly FunctionExecutionDelegate _pipeline =
        middleware.Reverse().Aggregate((FunctionExecutionDelegate)CallAsync, (next, wrap) => wrap(next));

    /// <summary>Runs a function that no request triggers, in a scope and a trace of its own.</summary>
    public async Task<bool> TryInvokeAsync(
        HostedFunction function, object input, IReadOnlyDictionary<string, object?> data)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var activity = new Activity(function.Name).Start();
        return await TryInvokeAsync(new(function, input, data, scope.ServiceProvider, lifetime.ApplicationStopped));
    }

    /// <returns>False when something was thrown, which has been logged then.</returns>
    public async Task<bool> TryInvokeAsync(Invocation invocation)
    {
        try
        {
            await _pipeline(invocation);
            if (invocation.GetHttpContext() is { } http && invocation.GetInvocationResult().Value is { } result)
            {
                await ((IResult)result).ExecuteAsync(http);
            }

            return true;
        }
        catch (Exception e)
        {
            if (e is not OperationCanceledException || !invocation.CancellationToken.IsCancellationRequested)
            {
                Log.Failed(logger, e, invocation.Function.Name);
            }

            return false;
        }
    }

    private static async Task CallAsync(FunctionContext context) =>
        context.GetInvocationResult().Value = await ((Invocation)context).Function.CallAsync((Invocation)context);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Function {Function} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string function);
    }
}
