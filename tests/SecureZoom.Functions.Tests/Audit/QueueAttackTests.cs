using System.Text;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Health;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>What somebody with write access to queue and tables, but no key, tried on events that are on their way; and what only looks like it.</summary>
public sealed class QueueAttackTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private static readonly TimeSpan TwoHours = GapSweep.Patience + TimeSpan.FromSeconds(1);

    private readonly string _organization = Story.NewOrganization();
    private QueueBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await QueueBench.StartAsync(queues.Cloud);

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Messages_deleted_from_the_middle_of_the_queue_are_a_record_after_two_hours()
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 5);
        await _bench.TakeAsync(sent[0], sent[3], sent[4]);
        await _bench.SweepLaterAsync(GapSweep.Patience - TimeSpan.FromMinutes(1));
        Assert.Empty(await _bench.GapsAsync(_organization));

        await _bench.SweepLaterAsync(TimeSpan.FromMinutes(2));
        await _bench.SweepAsync();
        Assert.Equal(["2-3"], await _bench.GapsAsync(_organization));
        Assert.Equal([$"events-missing {_organization}"], _bench.Alerts.Where(alert => alert.EndsWith($" {_organization}", StringComparison.Ordinal)));
        var record = (await _bench.ReadAsync(_organization))[^1];
        Assert.StartsWith("SecureZoom missed 2 events that never came off the queue at ", record.Sentence, StringComparison.Ordinal);
        Assert.Equal(QueueBench.NumberOf(sent[1]).Origin, (string)record.Details!["origin"]!);

        // What comes late is recorded all the same, and is no news.
        await _bench.TakeAsync(sent[1], sent[2]);
        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(6, (await _bench.ReadAsync(_organization)).Count);
    }

    [Fact]
    public async Task What_comes_out_of_order_within_two_hours_is_not_missed()
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 6);
        await _bench.TakeAsync(sent[5], sent[2], sent[0]);
        _bench.Time.Advance(TimeSpan.FromMinutes(119));
        await _bench.TakeAsync(sent[3], sent[4], sent[1]);
        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(6, (await _bench.ReadAsync(_organization)).Count);
    }

    [Fact]
    public async Task Messages_deleted_from_the_end_of_the_queue_are_missed_when_their_instance_has_stopped()
    {
        var instance = _bench.Instance();
        var sent = await _bench.SendAsync(instance, _organization, 3);
        await instance.StopAsync(Cancellation);
        var ends = await _bench.ReceiveAsync();
        await _bench.TakeAsync([sent[0], .. ends]);

        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(["2-3"], await _bench.GapsAsync(_organization));
    }

    [Fact]
    public async Task Of_an_instance_that_was_killed_the_events_that_never_left_it_are_not_missed()
    {
        await _bench.TakeAsync(await _bench.SendAsync(_bench.Instance(), _organization, 2));
        await _bench.TakeAsync(await _bench.SendAsync(_bench.Instance(), _organization, 2));
        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(4, (await _bench.ReadAsync(_organization)).Count);
    }

    [Fact]
    public async Task Messages_that_are_delivered_twice_change_nothing()
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 3);
        var list = QueueBench.List(sent);
        await _bench.TakeAsync(list, list, QueueBench.List(sent[2], sent[2], sent[0]), sent[1]);
        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(3, (await _bench.ReadAsync(_organization)).Count);
    }

    [Fact]
    public async Task An_element_cut_out_of_a_list_is_missed()
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 4);
        await _bench.TakeAsync(QueueBench.List(sent[0], sent[2], sent[3]));
        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(["2-2"], await _bench.GapsAsync(_organization));
    }

    [Fact]
    public async Task Elements_of_two_messages_spliced_into_one_are_recorded_once_each()
    {
        var other = Story.NewOrganization();
        var ours = await _bench.SendAsync(_bench.Instance(), _organization, 3);
        var theirs = await _bench.SendAsync(_bench.Instance(), other, 2);
        await _bench.TakeAsync(QueueBench.List(theirs[1], ours[2], ours[0]), QueueBench.List(ours[1], theirs[0], ours[0]));
        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(3, (await _bench.ReadAsync(_organization)).Count);
        Assert.Equal(2, (await _bench.ReadAsync(other)).Count);
    }

    [Fact]
    public async Task A_forged_element_of_a_list_is_quarantined_alone()
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 3);
        var forged = Encoding.UTF8.GetBytes(AuditMessage.Seal(
            new AuditEntry(QueueBench.NumberOf(sent[1]), Story.Event() with { Organization = _organization }), new SecretVersion("not the key")));
        await _bench.TakeAsync(QueueBench.List(sent[0], forged, sent[2]));
        Assert.True(await _bench.IsInQuarantineAsync(forged));
        Assert.Equal(2, (await _bench.ReadAsync(_organization)).Count);
        // Nor does it stand for the one whose number it has.
        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(["2-2"], await _bench.GapsAsync(_organization));
    }

    [Fact]
    public async Task An_account_of_numbers_that_was_removed_is_reported_and_written_again_by_who_has_seen_it()
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 4);
        await _bench.TakeAsync(sent[0], sent[2]);
        await _bench.Table.DeleteEntityAsync(OriginAccount.Partition, Origin(sent), cancellationToken: Cancellation);

        await _bench.TakeAsync(sent[3]);
        Assert.Contains(_bench.Alarms, alarm => alarm.Contains(Origin(sent), StringComparison.Ordinal));
        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(["2-2"], await _bench.GapsAsync(_organization));
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("put back")]
    [InlineData("forged")]
    public async Task An_account_of_numbers_to_which_nothing_is_added_any_more_is_looked_after_by_the_sweep(string how)
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 4);
        await _bench.TakeAsync(sent[0]);
        var earlier = (await _bench.Table.GetEntityAsync<TableEntity>(OriginAccount.Partition, Origin(sent), cancellationToken: Cancellation)).Value;
        await _bench.TakeAsync(sent[3]);
        await (how switch
        {
            "removed" => _bench.Table.DeleteEntityAsync(OriginAccount.Partition, Origin(sent), cancellationToken: Cancellation),
            "put back" => _bench.Table.UpdateEntityAsync(earlier, ETag.All, TableUpdateMode.Replace, Cancellation),
            _ => _bench.Table.UpdateEntityAsync(new TableEntity(earlier) { ["Generation"] = 99L }, ETag.All, TableUpdateMode.Replace, Cancellation),
        });

        await _bench.SweepLaterAsync(TwoHours);
        Assert.Contains(_bench.Alarms, alarm => alarm.Contains(Origin(sent), StringComparison.Ordinal));
        Assert.Equal(["2-3"], await _bench.GapsAsync(_organization));
    }

    [Fact]
    public async Task An_instance_that_has_not_seen_the_account_which_was_removed_says_too_much_and_never_too_little()
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 3);
        await _bench.TakeAsync(sent[0]);
        await _bench.Table.DeleteEntityAsync(OriginAccount.Partition, Origin(sent), cancellationToken: Cancellation);
        await using var next = await QueueBench.StartAsync(queues.Cloud);
        await next.TakeAsync(sent[2]);
        await next.SweepLaterAsync(TwoHours);
        Assert.Equal(["1-2"], await next.GapsAsync(_organization));
    }

    [Fact]
    public async Task Two_instances_of_one_organisation_number_apart()
    {
        var one = await _bench.SendAsync(_bench.Instance(), _organization, 3);
        var two = await _bench.SendAsync(_bench.Instance(), _organization, 3);
        await _bench.TakeAsync(two[2], one[0], two[0], one[2]);
        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(["2-2", "2-2"], await _bench.GapsAsync(_organization));
    }

    [Fact]
    public async Task A_kill_between_record_and_account_doubles_nothing_and_misses_nothing()
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 3);
        await _bench.TakeAsync(sent[0]);
        _bench.Tap.Fails = operation => operation.Contains(OriginAccount.Partition, StringComparison.Ordinal) || operation.EndsWith("POST /devstoreaccount1/audit", StringComparison.Ordinal);
        await Assert.ThrowsAsync<RequestFailedException>(() => _bench.TakeAsync(sent[1]));
        _bench.Tap.Fails = _ => false;
        await _bench.TakeAsync(sent[2], sent[1]);
        await _bench.SweepLaterAsync(TwoHours);
        Assert.Equal(3, (await _bench.ReadAsync(_organization)).Count);
    }

    [Fact]
    public async Task What_belongs_to_no_organisation_is_missed_in_the_operators_trail()
    {
        var instance = _bench.Instance();
        var account = $"acct_{Guid.NewGuid():N}";
        for (var count = 0; count < 3; count++)
        {
            await instance.RecordAsync(Story.Event(source: "zoom") with { AccountId = account }, Cancellation);
        }

        var sent = await _bench.ReceiveAsync();
        await _bench.TakeAsync(sent[0], sent[2]);
        await _bench.SweepLaterAsync(TwoHours);
        var missed = Assert.Single(
            await _bench.ReadAsync("org_platform"), record => (string?)record.Details?["stream"] == $"account:{account}");
        Assert.Equal(2, (long)missed.Details!["first"]!);
        Assert.Equal(2, (await _bench.ReadAsync(OrganizationId.Unassigned)).Count(record => record.AccountId == account));
    }

    [Fact]
    public async Task An_account_goes_thirty_days_after_its_last_number_and_what_is_replayed_later_opens_none()
    {
        var sent = await _bench.SendAsync(_bench.Instance(), _organization, 2);
        await _bench.TakeAsync(sent[0]);
        await _bench.SweepLaterAsync(NumberLedger.KeepFor + TimeSpan.FromHours(1));
        Assert.DoesNotContain(Origin(sent), (await _bench.Ledger.ReadAllAsync(Cancellation)).Keys);
        Assert.DoesNotContain(_bench.Alarms, alarm => alarm.Contains(Origin(sent), StringComparison.Ordinal));

        await _bench.TakeAsync(sent[1]);
        Assert.DoesNotContain(Origin(sent), (await _bench.Ledger.ReadAllAsync(Cancellation)).Keys);
        Assert.Equal(2, (await _bench.ReadAsync(_organization)).Count);
    }

    private static string Origin(IReadOnlyList<byte[]> sent) => QueueBench.NumberOf(sent[0]).Origin;
}
