using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Retaining;

/// <summary>A trail of which some is older than it is kept for.</summary>
public abstract class RetentionBench(Cloud cloud) : AttackBench(cloud)
{
    private protected static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private protected TableClient Table => new(Cloud.Storage.ConnectionString, AuditTrail.TableName);

    private protected static AuditActor Operator { get; } = new() { Type = "system", Name = "script/hold by root" };

    private protected static (string Code, long? Sequence) Found(TrailVerdict verdict) => verdict.Problems.Select(problem => (problem.Code, problem.Sequence)).Single();

    private protected async Task<TrailBench> TellAsync(int old, int young, TimeSpan? retainFor, long cut = 0)
    {
        var bench = Keep(new TrailBench(Cloud, Time, retainFor: retainFor));
        for (var some = 0; some < old; some += 200)
        {
            await bench.AppendAsync(Organization, [.. Enumerable.Range(some + 1, Math.Min(200, old - some)).Select(number => Story.Event(at: Time.GetUtcNow(), actor: Somebody(number)))]);
        }

        Time.Advance(Kept + TimeSpan.FromDays(1));
        await bench.AppendAsync(Organization, Story.Events(young));
        await bench.SignAsync(Organization);
        if (cut > 0)
        {
            await bench.Cutter.CutAsync(Organization, TrailBeginning.None, cut, Operator, leaves: false, Cancellation);
        }

        return bench;
    }

    /// <summary>Who did what a record says: a few people, and in record 400 one who is in no other.</summary>
    private static AuditActor Somebody(int number)
    {
        var person = number == 400 ? number : number % 8;
        return new() { Type = "user", Issuer = "https://auth.example/", Subject = $"s{person}", Name = $"Person {person}", Email = $"p{person}@acme.test" };
    }

    private protected Task<TrailBench> TellAsync(int old, int young, long cut = 0) => TellAsync(old, young, Kept, cut);

    /// <summary>What the timer does within the hour.</summary>
    private protected async Task LetGoAsync(TrailBench bench)
    {
        await RunAsync(bench);
        Time.Advance(TrailRetention.Grace);
        await RunAsync(bench);
        await RunAsync(bench);
    }

    private protected async Task RunAsync(TrailBench bench)
    {
        await bench.SignAsync(Organization);
        await bench.Retention.RunAsync(bench.Signer.Trails, Cancellation);
    }

    private protected async Task ProveAsync(TrailBench bench, long sequence, TreeHead head)
    {
        var proof = await bench.Proofs.ProveAsync(Organization, sequence, Cancellation);
        var stored = await bench.Trail.ReadAsync(Organization, sequence, Cancellation);
        Assert.True(InclusionProof.Verify(proof!.Path, sequence - 1, stored!.Line!.Leaf, head));
    }
}
