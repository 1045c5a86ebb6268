using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.LocalHost.Tests.Functions;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class QueueTests(Azurite azurite) : IClassFixture<Azurite>
{
    private readonly QueueDriver _queue = new(azurite);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_its_function_through_the_middleware_and_is_deleted()
    {
        var seen = new TaskCompletionSource<(FunctionContext Context, object? Message)>();
        var test = _queue.NewHost();
        test.Builder.UseMiddleware(async (context, next) =>
        {
            context.Items["without a request"] = context.GetHttpContext() is null;
            await next();
        });
        await using var host = await test.StartAsync(async (context, message) => seen.SetResult((context, message)));

        // The queue does not exist before the host has made it.
        await _queue.ExistsAsync();
        var sent = await _queue.Messages.SendMessageAsync("Zürich 🙂", Cancelled);

        var (context, message) = await seen.Task.WaitAsync(Eventually.Deadline, Cancelled);
        Assert.Equal("Zürich 🙂", message);
        Assert.Equal(true, context.Items["without a request"]);
        Assert.Equal("queueTrigger", context.FunctionDefinition.InputBindings["message"].Type);
        Assert.StartsWith("00-", context.TraceContext.TraceParent, StringComparison.Ordinal);
        var data = context.BindingContext.BindingData;
        Assert.Equal(sent.Value.MessageId, data["Id"]);
        Assert.Equal("1", data["DequeueCount"]);
        Assert.Equal(sent.Value.InsertionTime, JsonSerializer.Deserialize<DateTimeOffset>((string)data["InsertionTime"]!));
        await _queue.EmptiesAsync();
        Assert.False(await _queue.Poison.ExistsAsync(Cancelled));
    }

    [Fact]
    public async Task A_failed_message_is_tried_again_after_the_visibility_timeout()
    {
        var attempts = new ConcurrentQueue<(DateTime Time, object? Count)>();
        await using var host = await _queue.NewHost("\"visibilityTimeout\": \"00:00:02\"").StartAsync(async (context, _) =>
        {
            attempts.Enqueue((DateTime.UtcNow, context.BindingContext.BindingData["DequeueCount"]));
            if (attempts.Count < 2)
            {
                throw new InvalidTimeZoneException();
            }
        });

        await _queue.SendAsync("again");

        await _queue.EmptiesAsync();
        Assert.Equal(["1", "2"], attempts.Select(attempt => attempt.Count));
        Assert.True(attempts.Last().Time - attempts.First().Time >= TimeSpan.FromSeconds(1));
        Assert.Single(host.Log.Containing("Error: Function Work failed InvalidTimeZoneException"));
        Assert.False(await _queue.Poison.ExistsAsync(Cancelled));
    }

    [Fact]
    public async Task A_message_that_keeps_failing_moves_to_the_poison_queue_as_it_is()
    {
        var attempts = 0;
        await using var host = await _queue.NewHost("\"maxDequeueCount\": 3").StartAsync(async (_, _) =>
        {
            Interlocked.Increment(ref attempts);
            throw new InvalidTimeZoneException();
        });

        await _queue.SendAsync("hopeless");

        Assert.Equal("hopeless", await QueueDriver.PeekAsync(_queue.Poison));
        await _queue.EmptiesAsync();
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task A_message_that_is_no_base64_moves_to_the_poison_queue_without_a_run()
    {
        var runs = new ConcurrentQueue<object?>();
        await using var host = await _queue.NewHost().StartAsync(async (_, message) => runs.Enqueue(message));

        await _queue.ExistsAsync();
        await _queue.RawMessages.SendMessageAsync("{ plain }", Cancelled);
        await _queue.SendAsync("fine");

        Assert.Equal("{ plain }", await QueueDriver.PeekAsync(_queue.RawPoison));
        await _queue.EmptiesAsync();
        Assert.Equal(["fine"], runs);
    }

    [Fact]
    public async Task Without_encoding_a_message_is_taken_as_it_is()
    {
        var seen = new TaskCompletionSource<object?>();
        await using var host = await _queue.NewHost("\"messageEncoding\": \"none\"").StartAsync(async (_, message) => seen.SetResult(message));

        await _queue.ExistsAsync();
        await _queue.RawMessages.SendMessageAsync("{ plain }", Cancelled);

        Assert.Equal("{ plain }", await seen.Task.WaitAsync(Eventually.Deadline, Cancelled));
    }

    [Fact]
    public async Task As_many_messages_run_at_once_as_batch_and_threshold_allow()
    {
        var (running, peak, done) = (0, 0, 0);
        var full = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => _queue.SendAsync($"{n}")));
        await using var host = await _queue.NewHost("\"batchSize\": 4, \"newBatchThreshold\": 2").StartAsync(async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref peak, now);
            if (now == 4)
            {
                full.TrySetResult();
            }

            await goOn.Task;
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref done);
        });

        await full.Task.WaitAsync(Eventually.Deadline, Cancelled);
        await FivePollsAsync();
        Assert.Equal(4, running);
        goOn.SetResult();

        await Eventually.IsAsync(() => done == 20);
        Assert.InRange(peak, 4, 6);
    }

    [Fact]
    public async Task An_outage_is_logged_once_and_survived_at_the_start_and_later()
    {
        var port = FreePort.Find();
        var messages = new ConcurrentQueue<object?>();
        await using var host = await new TestHost(typeof(Worker), QueueDriver.HostJson())
            .Set("Store", Azurite.ConnectionStringFor(port)).Set("QueueName", _queue.Name)
            .StartAsync(async (_, message) => messages.Enqueue(message));
        for (var outage = 1; outage <= 2; outage++)
        {
            await Eventually.IsAsync(() => host.Log.Containing("cannot be reached").Count() == outage);
            await using var store = new Azurite { Port = port };
            await store.InitializeAsync();
            var queue = store.Queue(_queue.Name);
            await Eventually.IsAsync(async () => await queue.ExistsAsync(Cancelled));
            await queue.SendMessageAsync($"{outage}", Cancelled);
            await Eventually.IsAsync(() => messages.Count == outage);
        }

        Assert.Equal(["1", "2"], messages);
        await Eventually.IsAsync(() => host.Log.Containing("cannot be reached").Count() == 3);
    }

    [Fact]
    public async Task Stopping_takes_no_more_messages_and_lets_the_running_one_finish()
    {
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var messages = new ConcurrentQueue<object?>();
        await using var host = await _queue.NewHost().StartAsync(async (_, message) =>
        {
            messages.Enqueue(message);
            begun.TrySetResult();
            await goOn.Task;
        });
        await _queue.SendAsync("running");
        await begun.Task.WaitAsync(Eventually.Deadline, Cancelled);

        var stopping = StoppingAsync(host);
        var stop = host.Host.StopAsync(Cancelled);
        await stopping;
        await _queue.SendAsync("waiting");
        await FivePollsAsync();
        Assert.False(stop.IsCompleted);
        goOn.SetResult();
        await stop;

        Assert.Equal(["running"], messages);
        var left = await _queue.Messages.PeekMessageAsync(Cancelled);
        Assert.Equal(("waiting", 0), (left.Value.Body.ToString(), left.Value.DequeueCount));
        Assert.Equal(1, (await _queue.Messages.GetPropertiesAsync(Cancelled)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task A_request_that_holds_up_a_stop_does_not_keep_the_queue_being_fetched()
    {
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var messages = new ConcurrentQueue<object?>();
        var test = _queue.NewHost();
        test.Builder.FunctionTypes = [typeof(Pages), typeof(Worker)];
        await using var host = await test.StartAsync(async (context, input) =>
        {
            if (context.GetHttpContext() is null)
            {
                messages.Enqueue(input);
                return;
            }

            begun.SetResult();
            await goOn.Task;
        });
        await _queue.SendAsync("before");
        await _queue.EmptiesAsync();
        var request = host.Client.GetAsync("/api/items/7", Cancelled);
        await begun.Task.WaitAsync(Eventually.Deadline, Cancelled);

        var stopping = StoppingAsync(host);
        var stop = host.Host.StopAsync(Cancelled);
        await stopping;
        await _queue.SendAsync("after");
        await FivePollsAsync();
        goOn.SetResult();
        await stop;

        using var response = await request;
        Assert.Equal(["before"], messages);
    }

    [Fact]
    public async Task A_function_that_outlasts_the_shutdown_time_is_told_to_give_up()
    {
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var test = _queue.NewHost();
        test.Builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        await using var host = await test.StartAsync(async (context, _) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled.SetResult();
        });
        await _queue.SendAsync("endless");
        await begun.Task.WaitAsync(Eventually.Deadline, Cancelled);

        await host.Host.StopAsync(Cancelled).WaitAsync(TimeSpan.FromSeconds(15), Cancelled);

        await cancelled.Task.WaitAsync(Eventually.Deadline, Cancelled);
    }

    private static void InterlockedMax(ref int peak, int value)
    {
        for (var seen = Volatile.Read(ref peak); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref peak, value, seen) == seen ? value : Volatile.Read(ref peak);
        }
    }

    /// <summary>That nothing is fetched has no event: five polling intervals must do.</summary>
    private static async Task FivePollsAsync()
    {
        using var polls = new PeriodicTimer(TimeSpan.FromSeconds(1));
        await polls.WaitForNextTickAsync(Cancelled);
    }

    private static Task StoppingAsync(TestHost host)
    {
        var stopping = new TaskCompletionSource();
        host.Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        return stopping.Task;
    }
}
