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

    private string[] OfOperatorsToo => [.. new[] { _organization, Cloud.OperatorOrganization }.Select(one => $"poison-queue-used {one}").Order(StringComparer.Ordinal)];

    private IEnumerable<string> Alerts => _bench.Alerts.Where(alert => alert.StartsWith("poison-queue-used", StringComparison.Ordinal));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await QueueBench.StartAsync(queues.Cloud);

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task What_lies_in_the_poison_queue_is_not_missed_and_hides_nothing_beside_it()
    {
        await using var poison = await PoisonAsync();
        await MissAllButThePoisonedAsync(poison);
        // Each sweep says so, which an alert waits for.
        Assert.Equal([$"poison-queue-used {_organization}"], Alerts);
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
        Assert.Equal(OfOperatorsToo, Alerts);
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

    [Fact]
    public async Task Each_organisation_of_a_message_is_named_and_the_operators_where_nobody_can_tell()
    {
        await using var poison = await PoisonAsync();
        var (other, third) = (Story.NewOrganization(), Story.NewOrganization());
        var instance = _bench.Instance();
        var ours = await _bench.SendAsync(instance, _organization, 2);
        var theirs = await _bench.SendAsync(instance, other, 1);
        await instance.RecordAsync(Story.Event() with { Organization = other, AlsoIn = third }, Cancellation);
        var ofTwo = await _bench.ReceiveAsync();
        await PutAsync(QueueBench.List(ours[0], theirs[0]), ours[1], ofTwo[0]);
        await _bench.SweepAsync();
        Assert.Equal([.. new[] { _organization, other, third }.Select(one => $"poison-queue-used {one}").Order(StringComparer.Ordinal)], Alerts);
        Assert.Equal(
            [$"2 {_organization}", $"2 {other}", $"1 {third}"],
            _bench.Lines.Where(line => (string?)line.Properties["EventId"] == "197").Select(line => $"{line.Properties["Count"]} {line.Properties["Organization"]}"));

        // An event of Zoom's, whose organisation is found on its way only, and a line that somebody else has written in the name of another's.
        await instance.RecordAsync(Story.Event(source: "zoom") with { AccountId = Cloud.ZoomAccountId, Meeting = "81234567890" }, Cancellation);
        await poison.Queue.ClearMessagesAsync(Cancellation);
        await PutAsync([.. await _bench.ReceiveAsync(), QueueBench.List(ours[0], "v1.forged"u8.ToArray())]);
        await _bench.SweepAsync();
        Assert.Equal(
            [$"2 {Cloud.OperatorOrganization}", $"1 {_organization}"],
            _bench.Lines.Where(line => (string?)line.Properties["EventId"] == "197").Skip(3).Select(line => $"{line.Properties["Count"]} {line.Properties["Organization"]}"));

        Task PutAsync(params byte[][] messages) => Task.WhenAll(messages.Select(message => poison.Queue.SendMessageAsync(BinaryData.FromBytes(message), cancellationToken: Cancellation)));
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
