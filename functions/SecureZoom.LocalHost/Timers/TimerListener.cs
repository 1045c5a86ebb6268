namespace SecureZoom.LocalHost.Timers;

/// <summary>Runs a timer function when it is due, one run at a time.</summary>
internal sealed class TimerListener(
    HostedFunction function, TimerListener.Schedule schedule, TimeProvider time, FunctionInvoker invoker,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var status = new ScheduleStatus();
        for (var due = schedule.RunOnStartup ? Now : After(Now); due is { } moment; due = After(Now))
        {
            while (moment - Now is { Ticks: > 0 } wait)
            {
                // A day at most: months are more than a delay can be.
                await Task.Delay(TimeSpan.FromTicks(Math.Min(wait.Ticks, TimeSpan.TicksPerDay)), time, stop.Token);
            }

            status = new() { Last = status.LastUpdated, Next = After(moment) ?? default, LastUpdated = moment };
            await invoker.TryInvokeAsync(
                function, new TimerInfo { ScheduleStatus = status }, new Dictionary<string, object?>());
        }
    }

    private DateTime? After(DateTime moment) => schedule.Expression.GetNextOccurrence(moment);

    internal sealed record Schedule(CronExpression Expression, bool RunOnStartup);
}
