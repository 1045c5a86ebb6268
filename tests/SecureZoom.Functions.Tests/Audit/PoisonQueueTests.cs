using Azure.Storage.Queues;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Health;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>What lies in the poison queue is not missed, whatever somebody put in front of it, and hides nothing that is.</summary>
public sealed class PoisonQueueTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private static readonly TimeSpan TwoHours = GapSweep.Patience + TimeSpan.FromSeconds(1);

    private readonly string _organization = Story.NewOrganization();
    private QueueBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await QueueBench.StartAsync(queues.Cloud);

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task What_lies_in_the_poison_queue_is_not_missed_and_hides_nothing_beside_it()
    {
        await using var poison = await PoisonAsync();
        await MissAllButThePoisonedAsync(poison);
        // Each sweep says so, which an alert waits for.
        Assert.Contains("poison-queue-used", _bench.Alerts);
        Assert.Contains(HealthNames.AuditPoison, await _bench.AttentionAsync());

        // Somebody has taken it away.
        await poison.Queue.ClearMessagesAsync(Cancellation);
        await _bench.SweepAsync();
        Assert.Equal(["2-2", "4-5", "3-3"], await _bench.GapsAsync(_organization));
        _bench.Time.Advance(TimeSpan.FromSeconds(HealthCheck.FreshSeconds + 1));
        Assert.DoesNotContain(HealthNames.AuditPoison, await _bench.AttentionAsync());
    }

    [Fact]
    public async Task An_event_behind_what_the_poison_queue_shows_is_not_missed()
    {
        await using var poison = await PoisonAsync();
        await FillAsync(poison, 40);
        await MissAllButThePoisonedAsync(poison);
        // For an operator all of it lies there as before.
        Assert.Equal(32, (await poison.Queue.PeekMessagesAsync(32, Cancellation)).Value.Length);
        Assert.Equal(41, (await poison.Queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Where_the_poison_queue_holds_more_than_is_looked_at_a_gap_waits_for_a_day()
    {
        await using var poison = await PoisonAsync();
        await FillAsync(poison, PoisonedMessages.MostLookedAt + 1);
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 3);
        await _bench.TakeAsync(sent[0], sent[2]);

        await _bench.SweepLaterAsync(GapSweep.PoisonPatience - TimeSpan.FromMinutes(1));
        Assert.Empty(await _bench.GapsAsync(_organization));
        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(["2-2"], await _bench.GapsAsync(_organization));
    }

    [Fact]
    public async Task What_is_no_message_in_the_poison_queue_hides_nothing_beside_it()
    {
        await using var poison = await PoisonAsync();
        await _bench.Queue(poison.Queue.Name, encoding: QueueMessageEncoding.None).SendMessageAsync("no base64!", Cancellation);
        await MissAllButThePoisonedAsync(poison);
        Assert.Contains(_bench.Alerts, alert => alert.StartsWith("poison-queue-used", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_has_taken_out_of_the_poison_queue_for_a_moment_is_not_missed_meanwhile()
    {
        await using var poison = await PoisonAsync();
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 3);
        await poison.Queue.SendMessageAsync(BinaryData.FromBytes(sent[1]), cancellationToken: Cancellation);
        await _bench.TakeAsync(sent[0], sent[2]);
        Assert.Single((await poison.Queue.ReceiveMessagesAsync(32, TimeSpan.FromHours(1), Cancellation)).Value);

        await _bench.SweepLaterAsync(TwoHours);
        Assert.Empty(await _bench.GapsAsync(_organization));
    }

    /// <summary>Of six events one lies in the poison queue and two came: the three others are missed, then and later.</summary>
    private async Task MissAllButThePoisonedAsync(Emptied poison)
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 6);
        await poison.Queue.SendMessageAsync(BinaryData.FromBytes(sent[2]), cancellationToken: Cancellation);
        await _bench.TakeAsync(sent[0], sent[5]);

        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(["2-2", "4-5"], await _bench.GapsAsync(_organization));
        await _bench.SweepLaterAsync(GapSweep.PoisonPatience + TwoHours);
        Assert.Equal(2, (await _bench.GapsAsync(_organization)).Length);
    }

    private static Task FillAsync(Emptied poison, int count) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), Cancellation, async (number, token) => await poison.Queue.SendMessageAsync($"message {number}", token));

    private async Task<Emptied> PoisonAsync()
    {
        var poison = _bench.Queue($"{AuditRecorder.QueueName}-poison");
        await poison.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        return new Emptied(poison);
    }

    /// <summary>Takes everything out of a queue when a test is done with it.</summary>
    private sealed record Emptied(QueueClient Queue) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Queue.ClearMessagesAsync(CancellationToken.None);
    }
}
