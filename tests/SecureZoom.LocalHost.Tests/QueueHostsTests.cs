using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.LocalHost.Functions;
using SecureZoom.LocalHost.Queues;
using SecureZoom.LocalHost.Settings;
using SecureZoom.LocalHost.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Storage;

namespace SecureZoom.LocalHost.Tests;

/// <summary>Queues with hosts that are stopped, killed, or not alone.</summary>
public sealed class QueueHostsTests(Store store) : IClassFixture<Store>
{
    private readonly QueueDriver _queue = new(store.Azurite);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hosts_share_a_queue_each_as_many_at_once_as_batch_and_threshold_allow()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => _queue.SendAsync($"{n}")));
        var scene = _queue.Scene("\"batchSize\": 4, \"newBatchThreshold\": 2");
        await using var one = await TestHost.StartAsync(scene);
        await using var two = await TestHost.StartAsync(scene);
        var first = await TakeAsync(one, 4);
        var second = await TakeAsync(two, 4);
        // Neither takes more while these run, not even unseen.
        Assert.Equal(12, await _queue.CountVisibleAsync());

        // As many as the threshold run: another batch is taken.
        first[..2].ForEach(running => running.GoOn());
        first.AddRange(await TakeAsync(one, 4));
        Assert.Equal(8, await _queue.CountVisibleAsync());

        foreach (var running in first.Concat(second))
        {
            running.GoOn();
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var rest = new[] { one, two }.Select(host => host.Stage.ServeAsync(over.Token)).ToArray();
        await _queue.EmptiesAsync();
        await over.CancelAsync();

        var done = first.Concat(second).Select(running => running.Cue).Concat((await Task.WhenAll(rest)).SelectMany(cues => cues));
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"{n}").Order(), done.Order());
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_yet_is_served_as_soon_as_it_does()
    {
        await using var host = await TestHost.StartAsync(_queue.Scene());

        await _queue.SendAsync("first");

        (await host.Stage.NextAsync("first")).GoOn();
        await _queue.EmptiesAsync();
    }

    [Fact]
    public async Task Without_encoding_a_message_is_taken_as_it_is()
    {
        await using var host = await TestHost.StartAsync(_queue.Scene("\"messageEncoding\": \"none\""));
        await _queue.Messages.CreateAsync(cancellationToken: Cancelled);
        await _queue.RawMessages.SendMessageAsync("{ plain }", Cancelled);

        (await host.Stage.NextAsync("{ plain }")).GoOn();
        await _queue.EmptiesAsync();
    }

    [Fact]
    public async Task A_message_of_a_killed_host_is_the_next_ones_when_its_ten_minutes_are_over()
    {
        await using var own = await Azurite.StartAsync(new AzuriteOptions { Queues = [] }, Cancelled);
        var queue = new QueueDriver(own);
        await queue.SendAsync("survivor");
        await using (var killed = await TestHost.StartAsync(queue.Scene()))
        {
            await killed.Stage.NextAsync("survivor");
            await killed.KillAsync();
        }

        await own.AdvanceAsync(TimeSpan.FromMinutes(10));
        await using var next = await TestHost.StartAsync(queue.Scene());

        (await next.Stage.NextAsync("survivor")).GoOn();
        await queue.EmptiesAsync();
    }

    [Fact]
    public async Task A_message_of_a_worker_that_dies_is_tried_again_in_the_next_worker()
    {
        await using var host = await TestHost.StartAsync(_queue.Scene());
        var worker = await host.WorkerIdAsync();
        await _queue.SendAsync("survivor");

        (await host.Stage.NextAsync("survivor")).Exit();

        var again = await host.Stage.NextAsync("survivor");
        Assert.Equal("2", again.Data.GetProperty("DequeueCount").GetString());
        again.GoOn();
        await _queue.EmptiesAsync();
        Assert.NotEqual(worker, await host.WorkerIdAsync());
    }

    [Fact]
    public async Task An_outage_of_the_store_is_survived_at_the_start_and_later()
    {
        var port = FreePort.Find();
        var scene = _queue.Scene();
        await using var host = await TestHost.StartAsync(scene with
        {
            LocalSettings = scene.LocalSettings!.Replace($":{_queue.Messages.Uri.Port}/", $":{port}/", StringComparison.Ordinal),
        });
        for (var outage = 1; outage <= 2; outage++)
        {
            await using var back = await Azurite.StartAsync(new AzuriteOptions { QueuePort = port, Queues = [] }, Cancelled);
            await new QueueDriver(back, _queue.Name).SendAsync($"{outage}");

            (await host.Stage.NextAsync($"{outage}")).GoOn();
        }
    }

    [Fact]
    public async Task Stopping_lets_a_running_message_finish()
    {
        await using var host = await TestHost.StartAsync(_queue.Scene());
        await _queue.SendAsync("running");
        var running = await host.Stage.NextAsync("running");

        await host.TerminateAsync();
        await host.PrintsAsync("Stopping");
        running.GoOn();

        Assert.Equal(0, await host.ExitAsync());
        Assert.True(host.Stage.IsEmpty);
        Assert.Equal(0, (await _queue.Messages.GetPropertiesAsync(Cancelled)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task What_a_stop_finds_half_received_is_received_and_done_and_not_left_hidden()
    {
        await using var storage = new HeldAnswers(_queue.Messages.Uri.Port, "PopReceipt");
        var settings = new Dictionary<string, string?>
        {
            ["Store"] = store.Azurite.ConnectionString.Replace($":{_queue.Messages.Uri.Port}/", $":{storage.Port}/", StringComparison.Ordinal),
        };
        var function = new Function("Work", JsonSerializer.SerializeToElement(new { type = Function.Queue, name = "message", queueName = _queue.Name, connection = "Store" }));
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new QueueListener(
            function,
            HostSettings.Read(AppContext.BaseDirectory, AppContext.BaseDirectory, []) with { Values = new ConfigurationBuilder().AddInMemoryCollection(settings).Build() },
            (_, input, _) =>
            {
                done.SetResult(input.String);
                return Task.CompletedTask;
            },
            NullLoggerFactory.Instance);
        await _queue.SendAsync("half received");
        await listener.StartAsync(Cancelled);
        await Eventually.IsAsync(async () => await _queue.CountVisibleAsync() == 0);

        var stopped = listener.StopAsync(Cancelled);
        storage.GoOn();

        Assert.Equal("half received", await done.Task.WaitAsync(Eventually.Deadline, Cancelled));
        await stopped;
        Assert.Equal(0, (await _queue.Messages.GetPropertiesAsync(Cancelled)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task No_message_is_fetched_while_a_request_holds_up_the_stop()
    {
        await using var host = await TestHost.StartAsync(_queue.Scene());
        await _queue.SendAsync("before");
        (await host.Stage.NextAsync("before")).GoOn();
        await _queue.EmptiesAsync();
        var request = host.Client.GetStringAsync("/api/act/holding", Cancelled);
        var holding = await host.Stage.NextAsync("holding");

        await host.TerminateAsync();
        // The port closes after the queues have been left.
        await host.ClosesAsync();
        await _queue.SendAsync("after");
        holding.GoOn();

        Assert.Equal("done", await request);
        Assert.Equal(0, await host.ExitAsync());
        var left = (await _queue.Messages.PeekMessageAsync(Cancelled)).Value;
        Assert.Equal(("after", 0L), (left.Body.ToString(), left.DequeueCount));
    }

    [Fact]
    public async Task What_outlasts_the_grace_is_told_to_give_up()
    {
        await using var host = await TestHost.StartAsync(_queue.Scene("", "--grace", "0"));
        var request = host.Client.GetAsync("/api/act/endless", Cancelled);
        await host.Stage.NextAsync("endless");
        await _queue.SendAsync("endless too");
        await host.Stage.NextAsync("endless too");

        await host.TerminateAsync();

        string[] told = [(await host.Stage.NextAsync()).Cue, (await host.Stage.NextAsync()).Cue];
        Assert.Equal(["cancelled endless", "cancelled endless too"], told.Order());
        Assert.Equal(0, await host.ExitAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => request);
        Assert.Empty(host.Containing("failed"));
    }

    private static async Task<List<Entrance>> TakeAsync(TestHost host, int count)
    {
        var taken = new List<Entrance>();
        while (taken.Count < count)
        {
            taken.Add(await host.Stage.NextAsync());
        }

        return taken;
    }
}
