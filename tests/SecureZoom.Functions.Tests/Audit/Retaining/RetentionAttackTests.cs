using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Retaining;

/// <summary>Who takes records away and says that they were old, or says that what went was there, is found out.</summary>
public sealed class RetentionAttackTests(Cloud cloud) : RetentionBench(cloud)
{
    [Fact]
    public async Task Tiles_of_records_that_go_without_a_word_are_missing()
    {
        var bench = await TellAsync(old: 600, young: 10);
        await bench.Remover.RemoveAsync(Organization, 256, Cancellation);
        Assert.Equal((TrailProblems.Missing, 1), Found(await bench.VerifyAsync(Organization)));
        Time.Advance(TimeSpan.FromHours(21));
        await AppendAndSignAsync(bench, 1);
        await bench.LookBackAsync();
        Assert.Contains(await bench.Findings.ReadAsync(Organization, Cancellation), finding => finding is { Code: TrailProblems.Missing, Sequence: 1 });
    }

    [Fact]
    public async Task More_that_goes_than_is_said_is_missing()
    {
        var bench = await TellAsync(old: 600, young: 300, cut: 256);
        await bench.Remover.RemoveAsync(Organization, 512, Cancellation);
        var verdict = await bench.VerifyAsync(Organization);
        Assert.Contains(verdict.Problems, problem => problem is { Code: TrailProblems.Missing, Sequence: 257 });
        // Also where somebody takes away what says where the trail begins.
        await Table.DeleteEntityAsync(TrailBeginnings.Partition, Organization, ETag.All, Cancellation);
        using var other = new TrailBench(Cloud, Time);
        Assert.Equal((TrailProblems.Missing, 257), Found(await other.VerifyAsync(Organization)));
    }

    [Fact]
    public async Task Who_takes_the_beginning_away_makes_no_lie_of_the_word_that_records_went()
    {
        var bench = await TellAsync(old: 600, young: 10);
        await LetGoAsync(bench);
        await Table.DeleteEntityAsync(TrailBeginnings.Partition, Organization, ETag.All, Cancellation);
        using var other = new TrailBench(Cloud, Time);
        var verdict = await other.VerifyAsync(Organization);
        Assert.Empty(verdict.Problems);
        Assert.Equal(new TrailCut(512, 611, IsProved: true), verdict.Cut);
    }
}
