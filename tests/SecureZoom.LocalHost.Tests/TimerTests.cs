using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.LocalHost.Tests.Functions;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class TimerTests
{
    private static readonly DateTime _start = new(2026, 11, 24, 10, 58, 30, DateTimeKind.Utc);
    private readonly WatchedTime _time = new(_start);

    [Theory]
    [InlineData("0 */5 * * * *", "11:00:00", "11:05:00", "11:10:00")]
    [InlineData("15,45 * * * * *", "10:58:45", "10:59:15", "10:59:45")]
    [InlineData("0 0 12-13 * * TUE", "12:00:00", "13:00:00", "7.12:00:00")]
    [InlineData("0 0 0 1 JAN *", "38.00:00:00", "403.00:00:00", "769.00:00:00")]
    public async Task A_timer_runs_when_its_six_fields_say(string schedule, params string[] expected)
    {
        var due = expected.Select(time => _start.Date + TimeSpan.Parse(time)).ToArray();
        var runs = new ConcurrentQueue<(DateTime Time, TimerInfo Timer)>();
        await using var host = await NewHost(schedule).StartAsync(async (_, timer) =>
            runs.Enqueue((_time.GetUtcNow().UtcDateTime, (TimerInfo)timer!)));

        await AdvanceAsync(() => runs.Count, due[0], 1);
        await AdvanceAsync(() => runs.Count, due[1], 2);

        Assert.Equal(due[..2], runs.Select(run => run.Time));
        Assert.All(runs, run => Assert.False(run.Timer.IsPastDue));
        Assert.Equal(due[1..], runs.Select(run => run.Timer.ScheduleStatus!.Next));
        Assert.Equal([default, due[0]], runs.Select(run => run.Timer.ScheduleStatus!.Last));
    }

    [Fact]
    public async Task A_timer_runs_inside_the_middleware_without_a_request()
    {
        var seen = new TaskCompletionSource<FunctionContext>();
        var test = NewHost("0 0 * * * *");
        test.Builder.UseMiddleware(async (context, next) =>
        {
            context.Items["without a request"] = context.GetHttpContext() is null;
            await next();
        });
        await using var host = await test.StartAsync(async (context, _) => seen.SetResult(context));

        await AdvanceAsync(() => seen.Task.IsCompleted ? 1 : 0, _start.Date.AddHours(11), 1);

        var context = await seen.Task;
        Assert.Equal(true, context.Items["without a request"]);
        Assert.Equal("timerTrigger", context.FunctionDefinition.InputBindings["timer"].Type);
    }

    [Fact]
    public async Task Runs_never_overlap_and_a_failed_one_is_not_the_last()
    {
        var (running, runs) = (0, 0);
        var goOn = new TaskCompletionSource();
        await using var host = await NewHost("0 * * * * *").StartAsync(async (_, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            await goOn.Task;
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref runs);
            throw new InvalidTimeZoneException();
        });

        await AdvanceAsync(() => running, _start.AddSeconds(30), 1);
        _time.Advance(TimeSpan.FromMinutes(3));
        goOn.SetResult();
        await Eventually.IsAsync(() => runs == 1);
        await AdvanceAsync(() => runs, _start.AddMinutes(4).AddSeconds(30), 2);

        Assert.Equal(2, host.Log.Containing("Function Tick failed InvalidTimeZoneException").Count());
    }

    [Fact]
    public async Task A_timer_may_run_at_the_start_too()
    {
        var seen = new TaskCompletionSource();
        await using var host = await new TestHost(typeof(EagerClock)).StartAsync(async (_, _) => seen.SetResult());

        await seen.Task.WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Stopping_lets_a_run_finish()
    {
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var ended = false;
        await using var host = await new TestHost(typeof(EagerClock)).StartAsync(async (_, _) =>
        {
            begun.SetResult();
            await goOn.Task;
            ended = true;
        });
        await begun.Task.WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);

        var stop = host.Host.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stop.IsCompleted);
        goOn.SetResult();
        await stop;

        Assert.True(ended);
    }

    private TestHost NewHost(string schedule)
    {
        var host = new TestHost(typeof(Clock)).Set("Schedule", schedule);
        host.Builder.Services.AddSingleton<TimeProvider>(_time);
        return host;
    }

    /// <summary>Moves the clock to a moment, in steps since the timer itself waits in steps of a day, and waits for a run.</summary>
    private async Task AdvanceAsync(Func<int> count, DateTime until, int expected)
    {
        // A host that has started may not have looked at the clock yet.
        await Eventually.IsAsync(() => _time.IsWaitedFor);
        await Eventually.IsAsync(() =>
        {
            var left = until - _time.GetUtcNow().UtcDateTime;
            _time.Advance(left < TimeSpan.FromDays(200) ? left : TimeSpan.FromDays(200));
            return count() >= expected;
        });
        Assert.Equal(expected, count());
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
