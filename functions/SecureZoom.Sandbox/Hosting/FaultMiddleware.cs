using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Sandbox.Hosting;

/// <summary>Lets the waiting faults strike.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, Faults faults, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (faults.Take(request.Method, request.Path.Value ?? "") is not var (fault, cleared))
        {
            await next(context);
            return;
        }

        if (fault.DelayMs != 0)
        {
            await DelayAsync(fault, cleared, context.RequestAborted);
        }

        if (fault.Status == 0)
        {
            await next(context);
            return;
        }

        if (fault.RetryAfter is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = retryAfter.ToString();
        }

        context.Response.StatusCode = fault.Status;
        await context.Response.WriteAsJsonAsync(
            new
            {
                code = fault.Code ?? fault.Status,
                message = fault.Message ?? string.Create(CultureInfo.InvariantCulture, $"The sandbox was asked to answer {fault.Status}."),
            },
            context.RequestAborted);
    }

    private async Task DelayAsync(Fault fault, CancellationToken cleared, CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cleared, aborted);
        try
        {
            var delay = fault.DelayMs < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(fault.DelayMs);
            await Task.Delay(delay, time, either.Token);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The faults were cleared: go on.
        }
    }
}
