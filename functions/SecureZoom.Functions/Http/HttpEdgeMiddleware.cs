using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Http;

/// <summary>The outermost of our middleware: headers on every answer, and whatever failed below as problem details.</summary>
internal sealed partial class HttpEdgeMiddleware(DenialLog denials, AppMetrics metrics, ILogger<HttpEdgeMiddleware> logger)
    : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
            context.GetInvocationResult().Value = Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (Exception exception)
        {
            var problem = ToProblem(exception, context.FunctionDefinition.Name);
            metrics.Refused(context.FunctionDefinition.Name, problem.Code);
            Mark(Activity.Current, problem);
            await RecordDenialAsync(context, http, exception, problem.Code);
            context.GetInvocationResult().Value = problem.ToResult();
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
        if (exception is AccessException or MeetingNotFoundException && http.Features.Get<Caller>() is not null)
        {
            var typed = (exception as MeetingNotFoundException)?.Wanted ?? context.BindingContext.BindingData.GetValueOrDefault("id") as string;
            await denials.RecordAsync(CallContext.Of(http.Request), context.FunctionDefinition.Name, code, typed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Function} answers {Status} {Code} ({Cause})")]
        public static partial void Refused(ILogger logger, string function, int status, string code, string cause);

        [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "{Function} failed")]
        public static partial void Unforeseen(ILogger logger, Exception exception, string function);
    }
}
