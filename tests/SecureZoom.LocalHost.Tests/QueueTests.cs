using System.Text.Json;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class QueueTests(QueueTests.QueueHost shared) : IClassFixture<QueueTests.QueueHost>
{
    private readonly TestHost _host = shared.Host;
    private readonly QueueDriver _queue = shared.Queue;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_its_function_and_is_deleted()
    {
        var id = await _queue.SendAsync("Zürich 🙂");

        var running = await _host.Stage.NextAsync("Zürich 🙂");
        var data = running.Data;
        Assert.Equal(id, data.GetProperty("Id").GetString());
        Assert.Equal("Zürich 🙂", data.GetProperty("QueueTrigger").GetString());
        Assert.Equal("1", data.GetProperty("DequeueCount").GetString());
        Assert.NotEqual(default, JsonSerializer.Deserialize<DateTimeOffset>(data.GetProperty("InsertionTime").GetString()!));
        running.GoOn();
        await _queue.EmptiesAsync();
        Assert.False(await _queue.Poison.ExistsAsync(Cancelled) && await _queue.Poison.PeekMessageAsync(Cancelled) is { Value: not null });
    }

    [Fact]
    public async Task A_function_of_bytes_gets_them_as_they_are_even_when_they_are_no_text()
    {
        byte[] bytes = [0xff, 0x00, 0xc3, 0x28];
        await _queue.Bytes.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        await _queue.Bytes.SendMessageAsync(new BinaryData(bytes), cancellationToken: Cancelled);

        (await _host.Stage.NextAsync(Convert.ToHexString(bytes))).GoOn();
    }

    [Fact]
    public async Task A_failed_message_is_tried_again_after_the_visibility_timeout_and_moves_to_the_poison_queue_as_it_is()
    {
        await _queue.SendAsync("hopeless");

        (await _host.Stage.NextAsync("hopeless")).Throw();
        var again = _host.Stage.NextAsync("hopeless");
        var steps = await shared.PassTimeUntilAsync(again);
        Assert.True(steps >= 30, $"It came after {steps} of 30 steps.");
        Assert.Equal("2", (await again).Data.GetProperty("DequeueCount").GetString());
        (await again).Throw();

        Assert.Equal("hopeless", await QueueDriver.PeekAsync(_queue.Poison));
        await _queue.EmptiesAsync();
        await _host.PrintsAsync("Function Work failed");
        Assert.Equal(2, _host.Containing("System.InvalidTimeZoneException: not for the client").Count());
        await _queue.Poison.ClearMessagesAsync(Cancelled);
    }

    [Fact]
    public async Task A_message_that_is_no_base64_moves_to_the_poison_queue_without_a_run()
    {
        await _queue.Messages.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        await _queue.RawMessages.SendMessageAsync("{ plain }", Cancelled);

        Assert.Equal("{ plain }", await QueueDriver.PeekAsync(_queue.RawPoison));
        await _queue.EmptiesAsync();
        Assert.True(_host.Stage.IsEmpty);
        await _queue.RawPoison.ClearMessagesAsync(Cancelled);
    }

    /// <summary>A host that tries twice, ten minutes apart, on a store whose clock can be moved.</summary>
    public sealed class QueueHost : IAsyncLifetime
    {
        private readonly Store _store = new();

        internal QueueDriver Queue { get; private set; } = null!;

        internal TestHost Host { get; private set; } = null!;

        /// <returns>The steps of 20 seconds that it took.</returns>
        internal async Task<int> PassTimeUntilAsync(Task happens)
        {
            var steps = 0;
            await Eventually.IsAsync(async () =>
            {
                if (happens.IsCompleted)
                {
                    return true;
                }

                steps++;
                await _store.Azurite.AdvanceAsync(TimeSpan.FromSeconds(20));
                return false;
            });
            return steps;
        }

        public async ValueTask InitializeAsync()
        {
            await _store.InitializeAsync();
            Queue = new QueueDriver(_store.Azurite);
            Host = await TestHost.StartAsync(Queue.Scene("\"maxDequeueCount\": 2, \"visibilityTimeout\": \"00:10:00\""));
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await _store.DisposeAsync();
        }
    }
}
