using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What was answered 200 is in the trail once, whatever happens to the process that answered.</summary>
public sealed class WebhookDurabilityTests(Product product) : IClassFixture<Product>
{
    private const int Burst = 50;
    private const int Least = 200;

    /// <summary>The most messages that one look at a queue can show.</summary>
    private const int MostPeeked = 32;

    private readonly ConcurrentBag<string> _accepted = [];
    private int _sent;

    [Fact]
    public async Task Killing_the_app_while_it_holds_messages_of_200_webhooks_loses_none_and_doubles_none()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var app = product.Sandbox.App!;
        var killedWhileHolding = false;
        while (!killedWhileHolding || _accepted.Count < Least)
        {
            var sending = SendBurstAsync(cancellationToken);
            if (!killedWhileHolding)
            {
                await WhenHoldingAsync(sending, cancellationToken);
                await app.KillAsync();
                await sending;
                killedWhileHolding = await HeldMessagesAsync(cancellationToken) > 0;
                await app.StartAgainAsync(cancellationToken);
            }

            await sending;
        }

        Assert.Equal(_accepted.Order(), (await WhenRecordedAsync(cancellationToken)).Order());
    }

    /// <summary>Sends webhooks side by side; one that is not answered 200 counts as not taken.</summary>
    private Task SendBurstAsync(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(Enumerable.Range(0, Burst), cancellationToken, async (_, token) =>
        {
            var name = $"killed.event_{Interlocked.Increment(ref _sent)}";
            var webhook = new JsonObject { ["event"] = name, ["payload"] = new JsonObject { ["object"] = new JsonObject { ["uuid"] = name } } };
            if (await product.Sandbox.Zoom.SendAsync(webhook, token) == 200)
            {
                _accepted.Add(name);
            }
        });

    private async Task WhenHoldingAsync(Task sending, CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (await HeldMessagesAsync(cancellationToken) == 0 && !sending.IsCompleted)
        {
            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>How many messages somebody has taken and not deleted: those that count, but cannot be seen.</summary>
    private async Task<int> HeldMessagesAsync(CancellationToken cancellationToken)
    {
        var queue = new QueueClient(product.Sandbox.Storage.ConnectionString, "audit-events");
        var visible = (await queue.PeekMessagesAsync(MostPeeked, cancellationToken)).Value.Length;
        var all = (await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
        return visible < MostPeeked ? all - visible : 0;
    }

    private async Task<IReadOnlyList<string>> WhenRecordedAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (true)
        {
            var records = await product.ReadTrailAsync(Accounts.Olive, "organization=unassigned&source=zoom");
            var names = records.Select(record => (string)record["action"]!).Where(name => name.StartsWith("killed.", StringComparison.Ordinal));
            var recorded = names.ToList();
            if (_accepted.All(recorded.Contains))
            {
                return [.. recorded.Where(_accepted.Contains)];
            }

            await tick.WaitForNextTickAsync(deadline.Token);
        }
    }
}
