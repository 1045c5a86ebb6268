using System.Text;
using Azure;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Intake;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Intake;

/// <summary>A message of many events: none of them waits for another.</summary>
public sealed class MessageIntakeTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private readonly string _organization = Story.NewOrganization();
    private readonly string _broken = Story.NewOrganization();
    private QueueBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await QueueBench.StartAsync(queues.Cloud);

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task An_event_that_fails_goes_back_alone_with_its_seal_untouched_and_is_recorded_later()
    {
        var instance = _bench.Instance();
        var sent = await _bench.SendAsync(instance, _organization, 2);
        var failing = await _bench.SendAsync(instance, _broken, 1);
        _bench.Tap.Fails = operation => operation.Contains(_broken, StringComparison.Ordinal);

        await _bench.TakeAsync(QueueBench.List(sent[0], failing[0], sent[1]));

        Assert.Equal(2, (await _bench.ReadAsync(_organization)).Count);
        Assert.Equal((0, 1), (PutBack(sent), PutBack(failing)));
        _bench.Tap.Fails = _ => false;
        // As the queue brings it.
        await _bench.TakeAsync(failing);
        Assert.Single(await _bench.ReadAsync(_broken));
    }

    [Fact]
    public async Task Events_that_all_fail_come_again_together_for_ten_minutes_and_then_each_alone()
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _broken, 3);
        _bench.Tap.Fails = operation => operation.Contains(_broken, StringComparison.Ordinal);

        await Assert.ThrowsAsync<RequestFailedException>(() => _bench.TakeAsync(QueueBench.List(sent)));
        Assert.Equal(0, PutBack(sent));

        _bench.Time.Advance(MessageIntake.Together);
        await _bench.TakeAsync(QueueBench.List(sent));
        Assert.Equal(3, PutBack(sent));
    }

    [Fact]
    public async Task An_event_that_waits_for_its_owner_keeps_no_other_waiting_and_is_not_counted_as_come()
    {
        var instance = _bench.Instance();
        await instance.RecordAsync(
            Story.Event(source: "zoom") with { AccountId = Cloud.ZoomAccountId, Meeting = "81234567890" }, Cancellation);
        var waiting = await _bench.ReceiveAsync();
        var sent = await _bench.SendAsync(instance, _organization, 1);

        await _bench.TakeAsync(QueueBench.List(waiting[0], sent[0]));

        Assert.Single(await _bench.ReadAsync(_organization));
        Assert.Equal(1, PutBack(waiting));
        var account = (await _bench.Ledger.ReadAllAsync(Cancellation))[QueueBench.NumberOf(sent[0]).Origin];
        Assert.Equal([_organization], account.Streams.Keys);
    }

    [Fact]
    public async Task What_is_put_aside_raises_an_alert_of_its_organisation_and_of_the_operators_where_nobody_can_tell()
    {
        var instance = _bench.Instance();
        // A trail's later records are written with its head, whose address names it.
        await _bench.TakeAsync(await _bench.SendAsync(instance, _broken, 1));
        await instance.RecordAsync(Story.Event() with { Organization = _organization, AlsoIn = _broken }, Cancellation);
        var rejected = (await _bench.ReceiveAsync())[0];
        _bench.Tap.Failure = () => new RequestFailedException(413, "The test lets the table take no record.");
        _bench.Tap.Fails = operation => operation.Contains(_broken, StringComparison.Ordinal) && operation.StartsWith("POST ", StringComparison.Ordinal);
        await _bench.TakeAsync(rejected);

        // Its first trail has it.
        Assert.Single(await _bench.ReadAsync(_organization));
        Assert.Equal($"rejected {_broken}", await _bench.FindInQuarantineAsync(rejected));
        Assert.Equal([$"quarantine-not-empty {_broken}"], _bench.Alerts);

        // It says of itself whose it is, and nobody has sealed that.
        var foreign = Encoding.UTF8.GetBytes($$$"""v1.{{{new string('0', 64)}}}.{"number":{"stream":"{{{_organization}}}"}}""");
        await _bench.TakeAsync(foreign);
        Assert.Equal($"not_sealed {Cloud.OperatorOrganization}", await _bench.FindInQuarantineAsync(foreign));
        Assert.Equal([.. new[] { _broken, Cloud.OperatorOrganization }.Select(one => $"quarantine-not-empty {one}").Order(StringComparer.Ordinal)], _bench.Alerts);
    }

    [Fact]
    public void Numbers_come_in_any_order_and_more_than_once_and_what_is_left_are_the_gaps()
    {
        var random = new Random(19);
        foreach (var _ in Enumerable.Range(0, 500))
        {
            var account = StreamAccount.Empty;
            var come = new HashSet<long>();
            foreach (var __ in Enumerable.Range(0, random.Next(1, 60)))
            {
                var last = random.Next(1, 50);
                var first = Math.Max(1, last - (random.Next(5) == 0 ? random.Next(4) : 0));
                come.UnionWith(Enumerable.Range(first, last - first + 1).Select(number => (long)number));
                account = account.Mark(first, last, DateTimeOffset.UnixEpoch);
            }

            var missing = account.Gaps.SelectMany(gap => Enumerable.Range((int)gap.First, (int)(gap.Last - gap.First + 1))).Select(number => (long)number).ToList();
            Assert.Equal(come.Max(), account.High);
            Assert.Equal(Enumerable.Range(1, (int)come.Max()).Select(number => (long)number).Except(come), missing.Order());
            Assert.Equal(account.Gaps.Sum(gap => gap.Missing), missing.Count);
            Assert.Equal(account.Gaps.OrderBy(gap => gap.First), account.Gaps);
        }
    }

    [Fact]
    public void An_account_keeps_four_thousand_gaps_and_still_tells_how_many_are_missing()
    {
        var numbers = Enumerable.Range(1, 4_200).Select(index => new EventNumber("origin", "stream", index * 2, DateTimeOffset.UnixEpoch));
        var account = OriginAccount.Empty.Mark(numbers, DateTimeOffset.UnixEpoch);
        var gaps = account.Streams["stream"].Gaps;
        Assert.Equal(4_000, gaps.Count);
        Assert.Equal(4_200, gaps.Sum(gap => gap.Missing));
        Assert.True(account.Row("origin").Select(property => property.Value).OfType<byte[]>().All(part => part.Length <= 60_000));
    }

    /// <summary>How many of these lines went back onto the queue, as they came; what other tests left on it comes and goes meanwhile.</summary>
    private int PutBack(IEnumerable<byte[]> lines) =>
        lines.Select(Convert.ToBase64String).Sum(line => _bench.Tap.Bodies.Count(body => body.Contains(line, StringComparison.Ordinal)));
}
