using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.LocalHost.Functions;
using SecureZoom.LocalHost.Protocol;
using SecureZoom.LocalHost.Tests.Support;
using SecureZoom.LocalHost.Timers;

namespace SecureZoom.LocalHost.Tests;

public sealed class TimerTests
{
    private static readonly DateTime _start = new(2026, 11, 24, 10, 58, 30, DateTimeKind.Utc);
    private readonly WatchedTime _time = new(_start);
    private readonly ConcurrentQueue<(DateTime Time, JsonElement Timer)> _runs = new();

    [Theory]
    [InlineData("0 */5 * * * *", "11:00:00", "11:05:00", "11:10:00")]
    [InlineData("15,45 * * * * *", "10:58:45", "10:59:15", "10:59:45")]
    [InlineData("0 0 12-13 * * TUE", "12:00:00", "13:00:00", "7.12:00:00")]
    [InlineData("0 0 0 1 JAN *", "38.00:00:00", "403.00:00:00", "769.00:00:00")]
    public async Task A_timer_runs_when_its_six_fields_say(string schedule, params string[] expected)
    {
        var due = expected.Select(time => _start.Date + TimeSpan.Parse(time)).ToArray();
        using var timer = Listen(schedule, () => Task.CompletedTask);

        await AdvanceAsync(due[0], 1);
        await AdvanceAsync(due[1], 2);

        Assert.Equal(due[..2], _runs.Select(run => run.Time));
        Assert.All(_runs, run => Assert.False(run.Timer.GetProperty("IsPastDue").GetBoolean()));
        Assert.Equal(due[1..], _runs.Select(run => Status(run.Timer, "Next")));
        Assert.Equal([default, due[0]], _runs.Select(run => Status(run.Timer, "Last")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Runs_never_overlap_and_a_failed_one_is_not_the_last(bool workerGone)
    {
        var goOn = new TaskCompletionSource();
        using var timer = Listen("0 * * * * *", async () =>
        {
            await goOn.Task;
            throw workerGone ? new WorkerGoneException() : new FunctionFailedException("Tick", null);
        });

        await AdvanceAsync(_start.AddSeconds(30), 1);
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Single(_runs);
        goOn.SetResult();
        await AdvanceAsync(_start.AddMinutes(4).AddSeconds(30), 2);

        Assert.Equal(2, _runs.Count);
    }

    [Fact]
    public async Task Stopping_lets_a_run_finish_and_begins_no_other()
    {
        var goOn = new TaskCompletionSource();
        using var timer = Listen("0 * * * * *", () => goOn.Task);
        await AdvanceAsync(_start.AddSeconds(30), 1);

        var stop = timer.StopAsync();
        Assert.False(stop.IsCompleted);
        goOn.SetResult();
        await stop;
        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.Single(_runs);
    }

    [Fact]
    public async Task A_schedule_comes_from_a_setting_and_a_timer_may_run_at_the_start_too()
    {
        await using var host = await TestHost.StartAsync(new Scene { LocalSettings = """
            { "Values": { "Schedule": "0 0 0 1 1 *", "Triggers": "timerTrigger" } }
            """ });

        var tick = await host.Stage.NextAsync("tick");

        var next = tick.Data.GetProperty("scheduleStatus").GetProperty("next").GetDateTime();
        Assert.Equal((1, 1, TimeSpan.Zero), (next.Month, next.Day, next.TimeOfDay));
        tick.GoOn();
    }

    private static DateTime Status(JsonElement timer, string member) => timer.GetProperty("ScheduleStatus").GetProperty(member).GetDateTime();

    private TimerListener Listen(string schedule, Func<Task> run)
    {
        var trigger = JsonSerializer.SerializeToElement(new { type = Function.Timer, name = "timer", schedule = "%Schedule%" });
        var values = new ConfigurationBuilder().AddInMemoryCollection([new("Schedule", schedule)]).Build();
        var listener = new TimerListener(new Function("Tick", trigger), values, InvokeAsync, _time, NullLogger.Instance);
        listener.Start();
        return listener;

        Task InvokeAsync(Function function, TypedData input, Dictionary<string, TypedData> metadata)
        {
            _runs.Enqueue((_time.GetUtcNow().UtcDateTime, JsonSerializer.Deserialize<JsonElement>(input.Json)));
            return run();
        }
    }

    /// <summary>Moves the clock to a moment, in steps since the timer itself waits in steps of a day, and waits for a run.</summary>
    private async Task AdvanceAsync(DateTime until, int expected)
    {
        // A listener that has started may not have looked at the clock yet.
        await Eventually.IsAsync(() => _time.IsWaitedFor);
        await Eventually.IsAsync(() =>
        {
            var left = until - _time.GetUtcNow().UtcDateTime;
            _time.Advance(left < TimeSpan.FromDays(200) ? left : TimeSpan.FromDays(200));
            return _runs.Count >= expected;
        });
        Assert.Equal(expected, _runs.Count);
    }

    /// <summary>A clock that knows whether anybody waits for it to move.</summary>
    private sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private int _timers;

        public bool IsWaitedFor => Volatile.Read(ref _timers) > 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _timers);
            return timer;
        }
    }
}
