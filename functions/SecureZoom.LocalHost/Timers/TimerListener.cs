using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SecureZoom.LocalHost.Hosting;

namespace SecureZoom.LocalHost.Timers;

/// <summary>Runs a timer function when it is due, one run at a time.</summary>
internal sealed partial class TimerListener(
    HostedFunction function, TimerSchedule schedule, FunctionInvoker invoker, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<TimerListener> logger) : TriggerListener(lifetime)
{
    private static readonly TimeSpan _longestDelay = TimeSpan.FromDays(1);

    protected override async Task ListenAsync(CancellationToken stopping)
    {
        var last = default(DateTime);
        if (schedule.RunOnStartup)
        {
            await RunAsync(last, time.GetUtcNow().UtcDateTime);
        }

        // Counted from the later of the two: a delay that ends a little early must not run the same occurrence twice.
        while (schedule.Expression.GetNextOccurrence(Later(last, time.GetUtcNow().UtcDateTime)) is { } next)
        {
            while (next - time.GetUtcNow().UtcDateTime is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait < _longestDelay ? wait : _longestDelay, time, stopping);
            }

            await RunAsync(last, next);
            last = next;
        }
    }

    private async Task RunAsync(DateTime last, DateTime due)
    {
        var next = schedule.Expression.GetNextOccurrence(due) ?? default;
        var timer = new TimerInfo { ScheduleStatus = new() { Last = last, Next = next, LastUpdated = due } };
        try
        {
            await invoker.InvokeAsync(function, timer, new Dictionary<string, object?>(), GiveUp);
        }
        catch (Exception e)
        {
            Log.Failed(logger, e, function.Name);
        }
    }

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Timer function {Function} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string function);
    }
}
