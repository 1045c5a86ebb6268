using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>What was signed long ago is verified again within a day, and what is found stays until somebody says that it is known.</summary>
public sealed class PastVerificationTests(Cloud cloud) : AttackBench(cloud)
{
    [Theory]
    [InlineData("a word of a record")]
    [InlineData("a record and all that is computed from it")]
    [InlineData("a record that is gone")]
    [InlineData("a tile")]
    [InlineData("a checkpoint that is gone")]
    public async Task What_is_changed_while_the_signer_goes_on_raises_an_alarm_within_a_day(string what)
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 300);
        await bench.LookBackAsync();
        await AppendAndSignAsync(bench, 2);
        await AppendAndSignAsync(bench, 2);
        Assert.Empty(bench.Alarms);
        var code = await ChangeAsync(what);

        // The signer takes no notice.
        await AppendAndSignAsync(bench, 2);
        await bench.LookBackAsync();
        Assert.Empty(bench.Alarms);

        Time.Advance(TimeSpan.FromHours(20));
        await AppendAndSignAsync(bench, 1);
        await bench.LookBackAsync();

        Assert.Contains(await OpenAsync(bench), finding => finding.Code == code);
        Assert.Contains(bench.Alarms, alarm => alarm.Contains(Organization, StringComparison.Ordinal) && alarm.Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trail_that_is_right_is_read_once_a_day_and_nothing_is_found()
    {
        var tap = new StorageTap();
        var bench = Keep(new TrailBench(Cloud, Time, tap));
        await AppendAndSignAsync(bench, 1_100);
        var before = tap.Count();
        for (var run = 0; run < 10; run++)
        {
            Time.Advance(TimeSpan.FromMinutes(5));
            await bench.LookBackAsync();
        }

        // Two pages of records, one of tiles, where the trail begins, how far it is: read and written.
        Assert.Equal(6, tap.Count() - before);
        Assert.Empty(bench.Alarms);
        Assert.Empty(await bench.Findings.ReadAsync(Organization, Cancellation));
    }

    [Fact]
    public async Task A_finding_that_is_known_raises_no_alarm_again_and_a_new_one_does()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 5);
        await Attacker.EditAsync(2, "\"success\"", "\"denied\"");
        await NextRoundAsync(bench);
        var found = Assert.Single(await OpenAsync(bench), finding => finding.Sequence == 2);

        await NextRoundAsync(Bench());
        Assert.Single(await OpenAsync(bench), finding => finding.Sequence == 2);
        await bench.Findings.AcknowledgeAsync(Organization, [.. (await OpenAsync(bench)).Select(finding => finding.Id)], Cancellation);
        Assert.Empty(await OpenAsync(bench));

        var later = Bench();
        await NextRoundAsync(later);
        Assert.Empty(later.Alarms);
        Assert.Empty(await OpenAsync(later));

        await Attacker.EditAsync(4, "\"success\"", "\"denied\"");
        await NextRoundAsync(later);
        Assert.Equal(4, Assert.Single(await OpenAsync(later)).Sequence);
        Assert.NotEmpty(later.Alarms);
        Assert.Contains(await later.Findings.ReadAsync(Organization, Cancellation), finding => finding.Id == found.Id && finding.KnownSince is not null);
    }

    [Fact]
    public async Task Who_takes_findings_away_or_calls_them_known_raises_the_alarm_again()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 5);
        await Attacker.EditAsync(2, "\"success\"", "\"denied\"");
        await NextRoundAsync(bench);
        await Attacker.DeleteAsync(Organization, partition: ".findings");

        await NextRoundAsync(bench);
        Assert.NotEmpty(await OpenAsync(bench));

        var row = new TableEntity(".findings", Organization) { ["Findings"] = "[]" };
        await Attacker.PutAsync(row);
        var fresh = Bench();
        await NextRoundAsync(fresh);
        Assert.NotEmpty(await OpenAsync(fresh));
        Assert.Contains(fresh.Alarms, alarm => alarm.Contains("Found in the trail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_sets_back_how_far_it_is_delays_it_and_is_noticed()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 5);
        await bench.LookBackAsync();
        var table = new TableClient(Cloud.Storage.ConnectionString, AuditTrail.TableName);
        var copy = (await table.GetEntityAsync<TableEntity>(".rounds", Organization, cancellationToken: Cancellation)).Value;
        await NextRoundAsync(bench);
        await Attacker.PutAsync(copy);

        await NextRoundAsync(bench);

        Assert.Contains(bench.Alarms, alarm => alarm.Contains(".rounds", StringComparison.Ordinal));
        await Attacker.PutAsync(new TableEntity(".rounds", Organization) { ["BeganAt"] = Time.GetUtcNow().AddYears(1), ["IsDone"] = true });
        var fresh = Bench();
        await Attacker.EditAsync(2, "\"success\"", "\"denied\"");
        await AppendAndSignAsync(fresh, 1);
        await fresh.LookBackAsync();
        Assert.NotEmpty(await OpenAsync(fresh));
    }

    [Fact]
    public async Task A_trail_that_is_refused_is_a_finding()
    {
        await AppendAndSignAsync(Bench(), 3);
        await Bench().AppendAsync(Organization, Story.Events(2));
        await Attacker.EditAsync(5, "\"success\"", "\"denied\"");

        var bench = Bench();
        Assert.False(await bench.SignAsync(Organization));

        Assert.Equal(FindingCodes.Refused, Assert.Single(await OpenAsync(bench)).Code);
    }

    private async Task<string> ChangeAsync(string what)
    {
        switch (what)
        {
            case "a word of a record":
                await Attacker.EditAsync(2, "\"success\"", "\"denied\"");
                return TrailProblems.Changed;
            case "a record and all that is computed from it":
                // The signer looks at the head and the tiles: those stay right.
                var kept = (await Attacker.CopyAsync()).Where(row => row.RowKey == "head" || row.RowKey.StartsWith("t:", StringComparison.Ordinal)).ToList();
                await Attacker.RewriteAsync(deeds => deeds[1]["outcome"] = "denied");
                foreach (var row in kept)
                {
                    await Attacker.PutAsync(row);
                }

                return TrailProblems.Changed;
            case "a record that is gone":
                await Attacker.DeleteAsync(TrailRows.KeyOf(7));
                return TrailProblems.Missing;
            case "a tile":
                await Attacker.AlterAsync("t:0:0000000000000000000", tile => ((byte[])tile["Hashes"])[40] ^= 1);
                return FindingCodes.Tile;
            default:
                await Attacker.CheckpointBlob(2).DeleteAsync(cancellationToken: Cancellation);
                return TrailProblems.BadCheckpoint;
        }
    }

    private async Task NextRoundAsync(TrailBench bench)
    {
        Time.Advance(TimeSpan.FromHours(20));
        await AppendAndSignAsync(bench, 1);
        await bench.LookBackAsync();
    }

    private async Task<IReadOnlyList<TrailFinding>> OpenAsync(TrailBench bench) =>
        [.. (await bench.Findings.ReadAsync(Organization, Cancellation)).Where(finding => finding.KnownSince is null)];
}
