using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using SecureZoom.LocalHost.Hosting;

namespace SecureZoom.LocalHost.Http;

/// <summary>Answers a request through the function that routing chose for it.</summary>
internal sealed partial class HttpFunctions(FunctionInvoker invoker, ILogger<HttpFunctions> logger)
{
    public async Task AnswerAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<HostedFunction>() is not { } function)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var request = context.Request;
        var invocation = new Invocation(function, request, request.RouteValues, context.RequestServices, context.RequestAborted);
        invocation.Items[Invocation.HttpContextKey] = context;
        try
        {
            if (await invoker.InvokeAsync(invocation) is { } result)
            {
                await ((IResult)result).ExecuteAsync(context);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody to answer, nothing went wrong.
        }
        catch (Exception e)
        {
            Log.Failed(logger, e, function.Name);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "HTTP function {Function} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string function);
    }
}
