using System.Diagnostics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Edge;

/// <summary>The outermost of our middleware: headers on every answer, and whatever failed below as problem details.</summary>
/// <remarks>It writes the answers itself. The framework would do so outside of it, where a caller who has left is a failed invocation.</remarks>
internal sealed partial class ProblemDetailsMiddleware(
    CallerAddress address, DenialLog denials, AppMetrics metrics, ILogger<ProblemDetailsMiddleware> logger)
    : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        http.Connection.RemoteIpAddress = address.Of(http.Request);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await AnswerAsync(context, http, next);
        }
        catch (Exception exception) when (HasLeft(context, http, exception))
        {
            // Nobody is there to read an answer, or the rest of one.
            if (!http.Response.HasStarted)
            {
                http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }

        context.GetInvocationResult().Value = Results.Empty;
    }

    private async Task AnswerAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        try
        {
            CheckPath(http.Request);
            await next(context);
            await ((IResult)context.GetInvocationResult().Value!).ExecuteAsync(http);
        }
        catch (Exception exception) when (!HasLeft(context, http, exception))
        {
            var problem = ToProblem(exception, context.FunctionDefinition.Name);
            metrics.Refused(context.FunctionDefinition.Name, problem.Code);
            Mark(Activity.Current, problem);
            if (http.Response.HasStarted)
            {
                // So that nobody takes half an answer for the whole.
                http.Abort();
                return;
            }

            await RecordDenialAsync(context, http, exception, problem.Code);
            await problem.ToResult().ExecuteAsync(http);
        }
    }

    /// <summary>Whether the caller is gone, or the host, which may notice that first, has given the call up.</summary>
    private static bool HasLeft(FunctionContext context, HttpContext http, Exception exception) =>
        exception is ConnectionResetException or ConnectionAbortedException
        || (exception is OperationCanceledException
            && (http.RequestAborted.IsCancellationRequested || context.CancellationToken.IsCancellationRequested));

    /// <summary>
    /// An address that ends with dot segments, encoded or not, comes here resolved by the host's server: as that of another call, which may
    /// delete more than was meant, and a slash behind it (RFC 3986, 5.2.4). No call's address ends with one.
    /// </summary>
    private static void CheckPath(HttpRequest request)
    {
        if (request.Path.Value is [.., '/'])
        {
            throw new RequestException(RequestError.Invalid, "The path ends with a slash or a dot segment.");
        }
    }

    private Problem ToProblem(Exception exception, string function)
    {
        if (Problems.Of(exception) is not { } problem)
        {
            Log.Unforeseen(logger, exception, function);
            return new Problem(500, "internal_error", "Something went wrong here");
        }

        var cause = exception.GetType().Name;
        Log.Refused(logger, function, problem.Status, problem.Code, cause);
        return problem;
    }

    /// <summary>A refusal is an answer; only what is ours to mend is an error.</summary>
    private static void Mark(Activity? span, Problem problem)
    {
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            span?.Fail(problem.Code);
        }
        else
        {
            span?.SetTag("securezoom.refusal", problem.Code);
        }
    }

    private async Task RecordDenialAsync(FunctionContext context, HttpContext http, Exception exception, string code)
    {
        if (exception is AccessException or MeetingNotFoundException or IdentityException { Error: IdentityError.Revoked } && http.Features.Get<Caller>() is not null)
        {
            var typed = (exception as MeetingNotFoundException)?.Number ?? http.GetRouteValue(MeetingsFunction.NumberRouteValue) as string;
            await denials.RecordAsync(CallContext.Of(http.Request), context.FunctionDefinition.Name, code, typed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 161, Level = LogLevel.Information, Message = "{Function} answers {Status} {Code} ({Cause})")]
        public static partial void Refused(ILogger logger, string function, int status, string code, string cause);

        [LoggerMessage(EventId = 162, Level = LogLevel.Error, Message = "{Function} failed")]
        public static partial void Unforeseen(ILogger logger, Exception exception, string function);
    }
}
