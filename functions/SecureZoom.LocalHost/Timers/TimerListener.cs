namespace SecureZoom.LocalHost.Timers;

/// <summary>Runs a timer function when it is due, one run at a time.</summary>
internal sealed class TimerListener(Function function, IConfiguration values, FunctionInvoker invoker, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly CronExpression _schedule = Parse(function, function.Resolve("schedule", values));
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public void Start() => _running = RunAsync();

    /// <summary>Lets a run finish.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private static CronExpression Parse(Function function, string schedule) =>
        CronExpression.TryParse(schedule, CronFormat.IncludeSeconds, out var parsed)
            ? parsed
            : throw new HostException($"Function '{function.Name}': '{schedule}' is no schedule of six fields.");

    private async Task RunAsync()
    {
        DateTime last = default;
        for (var due = function.Flag("runOnStartup") ? Now : After(Now); due is { } moment; due = After(Now))
        {
            while (moment - Now is { Ticks: > 0 } wait)
            {
                // A day at most: months are more than a delay can be.
                await Task.Delay(TimeSpan.FromTicks(Math.Min(wait.Ticks, TimeSpan.TicksPerDay)), time, _stop.Token);
            }

            var status = new { Last = last, Next = After(moment) ?? default, LastUpdated = moment };
            try
            {
                await invoker(function, new() { Json = JsonSerializer.Serialize(new { ScheduleStatus = status, IsPastDue = false }) }, new());
            }
            catch (FunctionFailedException)
            {
                // It has been logged; the next run is due all the same.
            }
            catch (WorkerGoneException e)
            {
                WorkerLog.Warn(logger, $"Function '{function.Name}': {e.Message}");
            }

            last = moment;
        }
    }

    private DateTime? After(DateTime moment) => _schedule.GetNextOccurrence(moment);
}
