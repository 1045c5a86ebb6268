namespace SecureZoom.LocalHost.Timers;

/// <summary>Runs a timer function when it is due, one run at a time.</summary>
internal sealed class TimerListener(
    HostedFunction function, TimerSchedule schedule, FunctionInvoker invoker, TimeProvider time, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private static readonly TimeSpan _longestDelay = TimeSpan.FromDays(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var status = new ScheduleStatus();
        for (var due = schedule.RunOnStartup ? Now : NextAfter(Now); due is { } moment; due = NextAfter(Now))
        {
            while (moment - Now is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait < _longestDelay ? wait : _longestDelay, time, stop.Token);
            }

            status = new() { Last = status.LastUpdated, Next = NextAfter(moment) ?? default, LastUpdated = moment };
            await invoker.TryInvokeAsync(function, new TimerInfo { ScheduleStatus = status }, new Dictionary<string, object?>());
        }
    }

    private DateTime? NextAfter(DateTime moment) => schedule.Expression.GetNextOccurrence(moment);
}
