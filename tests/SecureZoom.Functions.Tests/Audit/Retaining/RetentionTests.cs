using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Retaining;

/// <summary>What is older than it is kept for goes in whole tiles, on record, and everything that was signed stays true.</summary>
public sealed class RetentionTests(Cloud cloud) : RetentionBench(cloud)
{
    [Fact]
    public async Task What_is_older_goes_in_whole_tiles_and_every_checkpoint_still_checks()
    {
        var bench = await TellAsync(old: 600, young: 10);
        var pinned = await bench.Cutter.ReadSignedAsync(Organization, Cancellation);
        await LetGoAsync(bench);

        Assert.Equal(Enumerable.Range(513, 99).Select(number => (long)number), (await bench.ReadAsync(Organization)).Select(record => record.Sequence));
        var verdict = await bench.VerifyAsync(Organization);
        Assert.Empty(verdict.Problems);
        Assert.Equal((new TrailCut(512, 611, IsProved: true), 99L, 611L), (verdict.Cut, verdict.Records, verdict.CoveredTo!.Head.Size));
        var (size, path) = (await bench.Proofs.ProveConsistencyAsync(Organization, pinned.Size, to: null, Cancellation))!.Value;
        Assert.True(ConsistencyProof.Verify(path, pinned, verdict.CoveredTo.Head));
        Assert.Equal(611, size);
        await ProveAsync(bench, 513, verdict.CoveredTo.Head);
        await ProveAsync(bench, 611, verdict.CoveredTo.Head);
    }

    [Fact]
    public async Task Counts_and_the_index_of_records_that_went_go_with_them()
    {
        var bench = await TellAsync(old: 512, young: 10);
        await bench.CountAsync();
        Assert.Equal((2, 2), (await CountAsync("f"), await CountAsync("s:d")));
        await LetGoAsync(bench);
        await bench.CountAsync();
        Assert.Equal((0, 1), (await CountAsync("f"), await CountAsync("s:d")));

        async Task<int> CountAsync(string kind) =>
            await Table.QueryAsync<TableEntity>($"PartitionKey eq '{Organization}' and RowKey ge '{kind}:' and RowKey lt '{kind};'", cancellationToken: Cancellation).CountAsync(Cancellation);
    }

    [Fact]
    public async Task Nothing_goes_where_it_is_not_said_how_long_it_is_kept_nor_before_its_time()
    {
        var bench = await TellAsync(old: 300, young: 1, retainFor: null);
        await LetGoAsync(bench);
        Assert.Equal(301, (await bench.ReadAsync(Organization)).Count);

        using var other = new TrailBench(Cloud, Time, retainFor: Kept + TimeSpan.FromDays(30));
        await LetGoAsync(other);
        Assert.Equal(301, (await other.ReadAsync(Organization)).Count);
    }

    [Fact]
    public async Task Records_stay_for_half_an_hour_behind_the_word_that_they_go()
    {
        var bench = await TellAsync(old: 300, young: 1);
        await RunAsync(bench);
        Assert.Equal(302, (await bench.ReadAsync(Organization)).Count);
        Time.Advance(TimeSpan.FromMinutes(25));
        await RunAsync(bench);
        Assert.Equal(302, (await bench.ReadAsync(Organization)).Count);
        Assert.Equal((256, 46L), ((int)(await bench.VerifyAsync(Organization)).Cut!.Last, (await bench.VerifyAsync(Organization)).Records));
        Time.Advance(TimeSpan.FromMinutes(5));
        await RunAsync(bench);
        Assert.Equal(46, (await bench.ReadAsync(Organization)).Count);
    }

    [Fact]
    public async Task It_is_done_once_a_day_and_the_next_cut_goes_on_from_there()
    {
        var bench = await TellAsync(old: 300, young: 300);
        await LetGoAsync(bench);
        await LetGoAsync(bench);
        Assert.Equal(601, await bench.Trail.ReadSizeAsync(Organization, Cancellation));

        Time.Advance(Kept);
        await AppendAndSignAsync(bench, 1);
        await LetGoAsync(bench);
        var verdict = await bench.VerifyAsync(Organization);
        Assert.Empty(verdict.Problems);
        Assert.Equal(new TrailCut(512, 603, IsProved: true), verdict.Cut);
        await bench.LookBackAsync();
        Assert.Empty(await bench.Findings.ReadAsync(Organization, Cancellation));
    }

    [Fact]
    public async Task After_a_crash_in_the_middle_it_goes_on_where_it_was()
    {
        var bench = await TellAsync(old: 600, young: 10);
        await RunAsync(bench);
        Time.Advance(TrailRetention.Grace);
        var (tap, removals) = (new StorageTap(), 0);
        using var crashing = new TrailBench(Cloud, Time, tap, retainFor: Kept);
        await crashing.SignAsync(Organization);
        tap.Fails = operation => operation.Contains("$batch", StringComparison.Ordinal) && ++removals > 5;
        await crashing.Retention.RunAsync(crashing.Signer.Trails, Cancellation);
        var left = (await bench.ReadAsync(Organization)).Count;
        Assert.InRange(left, 100, 610);
        var between = await bench.VerifyAsync(Organization);
        Assert.Empty(between.Problems);
        Assert.Equal(new TrailCut(512, 611, IsProved: true), between.Cut);

        using var next = new TrailBench(Cloud, Time, retainFor: Kept);
        await RunAsync(next);
        Assert.Equal(99, (await next.ReadAsync(Organization)).Count);
        Assert.Equal(new TrailCut(512, 611, IsProved: true), (await next.VerifyAsync(Organization)).Cut);
    }

    [Fact]
    public async Task Before_it_is_said_where_the_trail_begins_a_crash_costs_nothing()
    {
        var bench = await TellAsync(old: 300, young: 1);
        await Table.AddEntityAsync(new TableEntity(TrailBeginnings.Partition, Organization), Cancellation);
        await Table.DeleteEntityAsync(TrailBeginnings.Partition, Organization, ETag.All, Cancellation);
        var before = await bench.Beginnings.ReadAsync(Organization, Cancellation);
        var wrong = before with { Tag = new ETag("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"") };
        Assert.Null(await bench.Cutter.CutAsync(Organization, wrong, 256, new AuditActor { Type = "system", Name = "SecureZoom" }, leaves: false, Cancellation));
        await LetGoAsync(bench);
        // The word that they go was there already, and was not said again.
        var verdict = await bench.VerifyAsync(Organization);
        Assert.Equal((302L, new TrailCut(256, 302, IsProved: true)), (verdict.CoveredTo!.Head.Size, verdict.Cut));
    }

    [Theory]
    [InlineData("records")]
    [InlineData("person")]
    [InlineData("person twice")]
    [InlineData("somebody unknown")]
    [InlineData("lost")]
    public async Task What_is_on_hold_stays_and_all_behind_it(string what)
    {
        var bench = await TellAsync(old: 600, young: 1);
        (string? Person, (long, long)? Range) hold = what == "records" ? (null, (300, 310)) : (what.StartsWith("person", StringComparison.Ordinal) ? "p400@acme.test" : "nobody@acme.test", null);
        for (var lawsuits = what == "person twice" ? 2 : 1; lawsuits > 0; lawsuits--)
        {
            await bench.Holds.AddAsync(Organization, hold.Person, hold.Range, "A lawsuit.", Operator, Cancellation);
        }

        if (what == "lost")
        {
            var id = (await bench.Holds.ReadAsync(Organization, Cancellation))[0].Id;
            await Table.DeleteEntityAsync(".holds", $"{Organization}:{id}", ETag.All, Cancellation);
        }

        await bench.SignAsync(Organization);
        await LetGoAsync(bench);
        var expected = what is "records" or "person" or "person twice" ? 257 : 1;
        Assert.Equal(expected, (await bench.ReadAsync(Organization))[0].Sequence);
        if (what == "lost")
        {
            Assert.Equal([$"hold-lost {Organization}"], bench.Logs.Alerts());
        }
    }

    [Fact]
    public async Task Nothing_goes_while_something_about_the_trail_is_being_looked_into()
    {
        var bench = await TellAsync(old: 300, young: 1);
        await bench.Findings.ReportAsync(Organization, [new TrailProblem(TrailProblems.Changed, 5, "Record 5 is not the one that the log committed to.")], Cancellation);
        await LetGoAsync(bench);
        Assert.Equal(301, (await bench.ReadAsync(Organization)).Count);
        Assert.Contains($"retention-stopped {Organization}", bench.Logs.Alerts());
    }

    [Fact]
    public async Task Records_that_were_changed_do_not_go()
    {
        var bench = await TellAsync(old: 300, young: 1);
        var row = (await Table.GetEntityAsync<TableEntity>(Organization, TrailRows.KeyOf(7), cancellationToken: Cancellation)).Value;
        row["Leaf"] = new byte[32];
        await Table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancellation);
        await LetGoAsync(bench);
        Assert.Equal(301, (await bench.ReadAsync(Organization)).Count);
        Assert.Contains($"retention-stopped {Organization}", bench.Logs.Alerts());
    }

    [Fact]
    public async Task An_event_that_comes_again_changes_nothing_while_its_record_goes()
    {
        var bench = await TellAsync(old: 0, young: 0);
        var events = Story.Events(256);
        await bench.AppendAsync(Organization, events);
        await bench.SignAsync(Organization);
        Time.Advance(Kept + TimeSpan.FromDays(1));
        await RunAsync(bench);
        Time.Advance(TrailRetention.Grace);
        // Its row is gone and its guard is not: the crash of a removal row by row.
        await Table.DeleteEntityAsync(Organization, TrailRows.KeyOf(9), ETag.All, Cancellation);
        Assert.Equal(0, await bench.AppendAsync(Organization, events[8], events[9]));
        await RunAsync(bench);
        Assert.Single(await bench.ReadAsync(Organization));
    }

    [Fact]
    public async Task Tiles_are_made_anew_behind_a_cut_and_those_in_front_of_it_are_looked_at()
    {
        var bench = await TellAsync(old: 600, young: 10);
        await LetGoAsync(bench);
        foreach (var tile in (Tile[])[new(0, 2, 99), new(1, 0, 2)])
        {
            await Table.UpsertEntityAsync(new TableEntity(Organization, TrailRows.KeyOf(tile)) { ["Hashes"] = new byte[32] }, TableUpdateMode.Replace, Cancellation);
        }

        var head = (await bench.VerifyAsync(Organization)).CoveredTo!.Head;
        await ProveAsync(bench, 600, head);
        Assert.Empty((await bench.VerifyAsync(Organization)).Problems);

        await Table.UpsertEntityAsync(
            new TableEntity(Organization, TrailRows.KeyOf(new Tile(0, 1, 256))) { ["Hashes"] = new byte[256 * 32] }, TableUpdateMode.Replace, Cancellation);
        Time.Advance(TimeSpan.FromHours(21));
        await AppendAndSignAsync(bench, 1);
        await bench.LookBackAsync();
        Assert.Equal("tile", Assert.Single(await bench.Findings.ReadAsync(Organization, Cancellation)).Code);
    }
}
