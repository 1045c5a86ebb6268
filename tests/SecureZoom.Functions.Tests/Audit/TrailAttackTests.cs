using System.Security.Cryptography;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Storage;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>What somebody with write access to tables and blobs, but no key, tried on a trail: each is named, refused, or without effect.</summary>
public sealed class TrailAttackTests(Cloud cloud) : AttackBench(cloud)
{
    [Fact]
    public async Task A_covered_record_that_was_edited_is_found_from_a_date_before_it()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        var from = Later();
        await AppendAndSignAsync(bench, 5);
        await AppendAndSignAsync(bench, 4);
        Assert.Empty((await bench.VerifyAsync(Organization, from)).Problems);

        await Attacker.RewriteAsync(deeds => deeds[4]["outcome"] = "denied");

        var verdict = await Bench().VerifyAsync(Organization, from);
        Assert.Equal(9, verdict.Records);
        AssertNamed(verdict, TrailProblems.NotOurs, 5);
        Assert.Contains(verdict.Problems, problem => problem is { Code: TrailProblems.Changed, Sequence: 4 });
    }

    [Fact]
    public async Task A_covered_record_that_was_edited_is_found_from_a_date_before_any_checkpoint()
    {
        var bench = Bench();
        var from = Later();
        await AppendAndSignAsync(bench, 3);
        await AppendAndSignAsync(bench, 3);

        await Attacker.EditAsync(2, "success", "denied");

        AssertNamed(await Bench().VerifyAsync(Organization, from), TrailProblems.Changed, 2);
    }

    [Fact]
    public async Task A_covered_record_that_was_edited_is_found_up_to_a_date_behind_it()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        var to = Later();
        await AppendAndSignAsync(bench, 3);

        // Also when it says that it was recorded after that date.
        await Attacker.RewriteAsync(deeds => (deeds[1]["outcome"], deeds[1]["recordedAt"]) = ("denied", "2031-01-01T00:00:00+00:00"));

        // To the checkpoint that covers whatever was recorded before the date.
        var verdict = await Bench().VerifyAsync(Organization, to: to);
        Assert.Equal(6, verdict.Records);
        AssertNamed(verdict, TrailProblems.NotOurs, 2);
        Assert.Null(verdict.CoveredTo);
    }

    [Fact]
    public async Task An_organisation_that_was_taken_off_the_list_is_signed_again_and_the_alarm_raised()
    {
        await using var storage = await Azurite.StartAsync(new(), Cancellation);
        using var bench = new TrailBench(Cloud, Time, storage: storage.ConnectionString);
        await bench.AppendAsync(Organization, Story.Events(2));
        Assert.Equal(0, await bench.Signer.SignAllAsync(Cancellation));
        await bench.AppendAsync(Organization, Story.Events(2));
        await new Attacker(storage.ConnectionString, Organization).DeleteAsync(Organization, partition: ".organizations");

        Assert.Equal(0, await bench.Signer.SignAllAsync(Cancellation));

        Assert.Equal(4, (await bench.VerifyAsync(Organization)).CoveredTo!.Head.Size);
        Assert.Contains(bench.Alarms, alarm => alarm.Contains(Organization, StringComparison.Ordinal));
        Assert.Contains(await bench.List.ReadAsync(Cancellation), listed => listed.Organization == Organization);
    }

    [Fact]
    public async Task An_organisation_that_was_never_signed_and_is_not_listed_any_more_is_listed_by_the_next_instance_that_appends()
    {
        await using var storage = await Azurite.StartAsync(new(), Cancellation);
        using var first = new TrailBench(Cloud, storage: storage.ConnectionString);
        await first.AppendAsync(Organization, Story.Event());
        await new Attacker(storage.ConnectionString, Organization).DeleteAsync(Organization, partition: ".organizations");

        using var next = new TrailBench(Cloud, storage: storage.ConnectionString);
        await next.AppendAsync(Organization, Story.Event());

        Assert.Equal(0, await next.Signer.SignAllAsync(Cancellation));
        Assert.Equal(2, (await next.VerifyAsync(Organization)).CoveredTo!.Head.Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_trail_that_nobody_signs_any_more_is_called_so(int covered)
    {
        var bench = Bench();
        if (covered > 0)
        {
            await AppendAndSignAsync(bench, covered);
            Time.Advance(TimeSpan.FromMinutes(11));
        }

        await bench.AppendAsync(Organization, Story.Events(2));
        Assert.Empty((await bench.VerifyAsync(Organization)).Problems);

        Time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(TrailProblems.NotSigned, Assert.Single((await bench.VerifyAsync(Organization)).Problems).Code);
    }

    [Fact]
    public async Task A_tail_cut_with_its_guards_and_the_head_set_back_is_refused_by_an_instance_that_has_seen_a_later_one()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        var copy = await Attacker.CopyAsync();
        await bench.AppendAsync(Organization, Story.Events(2));
        await Attacker.RestoreAsync(copy);

        Assert.False(await bench.SignAsync(Organization));
        AssertNamed(await bench.VerifyAsync(Organization), TrailProblems.Head, null);
        // Its own copy of the head is not in the table any more, and the one there it refuses.
        await Assert.ThrowsAsync<TrailDamagedException>(() => bench.AppendAsync(Organization, Story.Event()));
        Assert.Contains(bench.Alarms, alarm => alarm.Contains(Organization, StringComparison.Ordinal));
        Assert.Equal(3, (await bench.ReadAsync(Organization)).Count);
        // The second witness: what was appended stands in the log with its root.
        Assert.Contains(bench.Logs.Entries, entry => entry.Contains("has 5 records", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tail_cut_below_a_checkpoint_is_found_and_not_signed_by_an_instance_that_has_seen_nothing()
    {
        var bench = Bench();
        await bench.AppendAsync(Organization, Story.Events(3));
        var copy = await Attacker.CopyAsync();
        await AppendAndSignAsync(bench, 2);
        await Attacker.RestoreAsync(copy);

        var other = Bench();
        AssertNamed(await other.VerifyAsync(Organization), TrailProblems.Missing, 4);
        Assert.False(await other.SignAsync(Organization));
        Assert.Contains(other.Alarms, alarm => alarm.Contains(Organization, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_head_of_which_the_time_is_set_ahead_is_found_and_no_record_takes_that_time()
    {
        var bench = Bench();
        await bench.AppendAsync(Organization, Story.Event());
        await Attacker.AlterAsync("head", head => head["RecordedAt"] = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var other = Bench();
        await Assert.ThrowsAsync<TrailDamagedException>(() => other.AppendAsync(Organization, Story.Event()));
        AssertNamed(await other.VerifyAsync(Organization), TrailProblems.Head, null);
        Assert.Contains(other.Alarms, alarm => alarm.Contains(Organization, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_that_says_a_time_ahead_of_the_clock_is_found()
    {
        var ahead = new TrailBench(Cloud, new ShiftedTime(TimeSpan.FromDays(1000)));
        Keep(ahead);
        await ahead.AppendAsync(Organization, Story.Events(2));

        AssertNamed(await Bench().VerifyAsync(Organization), TrailProblems.Time, 1);
    }

    [Fact]
    public async Task A_range_begins_and_ends_where_it_says_though_rows_beside_the_records_come_and_go()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        var from = Later();
        await AppendAndSignAsync(bench, 3);
        var to = Later();
        await AppendAndSignAsync(bench, 3);
        // What used to lead there, and what leads elsewhere.
        await Attacker.PutAsync(new TableEntity(Organization, $"d:{from:yyyyMMdd}") { ["Sequence"] = 9L });
        await Attacker.AlterAsync(4, row => row["Deed"] = "no bytes");

        var other = Bench();
        Assert.Equal(4, await other.Times.FirstFromAsync(Organization, from, Cancellation));
        Assert.Equal(7, await other.Times.FirstFromAsync(Organization, to, Cancellation));
        Assert.Equal(6, await other.Times.LastBeforeAsync(Organization, to, Cancellation));
        AssertNamed(await other.VerifyAsync(Organization, from, to), TrailProblems.Unreadable, 4);
    }

    [Theory]
    [InlineData(2, "2031")]
    [InlineData(3, "2031")]
    [InlineData(4, "2001")]
    [InlineData(5, "2001")]
    [InlineData(5, "2031")]
    [InlineData(6, "2031")]
    [InlineData(7, "2001")]
    [InlineData(8, "2001")]
    public async Task A_range_leaves_nothing_out_though_a_record_says_another_time(long sequence, string year)
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        var from = Later();
        await AppendAndSignAsync(bench, 3);
        var to = Later();
        await bench.AppendAsync(Organization, Story.Events(3));
        await Attacker.RewriteAsync(deeds => deeds[(int)sequence - 1]["recordedAt"] = $"{year}-01-01T00:00:00+00:00");

        var query = new AuditQuery(Organization, from, to, Action: null, Person: null, Ip: null, Meeting: null, Outcome: null, Source: null);
        var listed = (await Bench().Reader.ReadAsync(query, before: null, limit: 100, Cancellation)).Records.Select(record => record.Sequence).Order();
        Assert.Empty(new long[] { 4, 5, 6 }.Except(listed));
    }

    [Fact]
    public async Task A_range_goes_by_what_is_signed_where_the_key_of_a_record_s_seal_is_gone()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        var from = Later();
        await AppendAndSignAsync(bench, 3);

        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var later = Keep(new TrailBench(Cloud, Time, secrets: new() { ["Secrets:storage-seal-key"] = key }));
        Assert.Equal(4, await later.Times.FirstFromAsync(Organization, from, Cancellation));
        Assert.Equal(3, await later.Times.LastBeforeAsync(Organization, from, Cancellation));
    }

    [Fact]
    public async Task A_guard_put_there_before_its_event_does_not_swallow_it()
    {
        var bench = Bench();
        await bench.AppendAsync(Organization, Story.Event());
        var (made, moved, sought) = (Story.Event(), Story.Event(), Story.Event());
        await Attacker.PutAsync(new TableEntity(Organization, $"g:{made.Id}") { ["Sequence"] = 1L });
        var genuine = (await Attacker.CopyAsync()).First(row => row.RowKey.StartsWith("g:", StringComparison.Ordinal) && row.ContainsKey("Mac"));
        genuine.RowKey = $"g:{moved.Id}";
        await Attacker.PutAsync(genuine);

        Assert.Equal(3, await bench.AppendAsync(Organization, [made, moved, sought]));
        // Sealed and right now: the same events again are known.
        Assert.Equal(0, await bench.AppendAsync(Organization, [made, moved, sought]));

        Assert.Equal(4, (await bench.ReadAsync(Organization)).Count);
        Assert.Contains(bench.Alarms, alarm => alarm.Contains(made.Id, StringComparison.Ordinal));
        Assert.Contains($"storage-changed {Organization}", bench.Logs.Alerts());
        Assert.Empty((await bench.VerifyAsync(Organization)).Problems);
    }

    [Fact]
    public async Task A_genuine_guard_of_a_record_that_is_gone_does_not_swallow_the_event_again()
    {
        var bench = Bench();
        await bench.AppendAsync(Organization, Story.Event());
        var copy = await Attacker.CopyAsync();
        var cut = Story.Event();
        await bench.AppendAsync(Organization, cut);
        var guard = (await Attacker.CopyAsync()).Single(row => row.RowKey == $"g:{cut.Id}");
        await Attacker.RestoreAsync([.. copy, guard]);

        Assert.Equal(1, await Bench().AppendAsync(Organization, cut));
    }

    [Fact]
    public async Task A_replay_of_which_the_guard_was_removed_is_found()
    {
        var bench = Bench();
        var auditEvent = Story.Event();
        await bench.AppendAsync(Organization, auditEvent);
        await Attacker.DeleteAsync($"g:{auditEvent.Id}");
        await bench.AppendAsync(Organization, auditEvent);

        AssertNamed(await bench.VerifyAsync(Organization), TrailProblems.Twice, 2);
        Assert.False(await bench.SignAsync(Organization));
    }
}
