using System.Collections.Concurrent;
using SecureZoom.Functions.Tests.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>What a record's proof costs: its record, the tiles of its path, and nothing else of the tables. How many tiles is TileTests' matter.</summary>
public sealed class ProofOperationsTests(Cloud cloud)
{
    private const int Records = 600;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_and_its_proof_read_the_record_and_each_tile_of_its_path_once()
    {
        var organization = Story.NewOrganization();
        var sent = new ConcurrentQueue<SentRequest>();
        using var writer = new TrailBench(cloud);
        await writer.AppendAsync(organization, Story.Events(Records));
        Assert.True(await writer.SignAsync(organization));
        using var reader = new TrailBench(cloud, policy: new OperationTap("table", sent));

        foreach (var sequence in new long[] { 1, 256, 257, 512, 513, Records })
        {
            sent.Clear();
            var stored = await reader.Trail.ReadAsync(organization, sequence, Cancellation);
            var proof = await reader.Proofs.ProveAsync(organization, sequence, Cancellation);

            var head = (await reader.Proofs.FindNewestAsync(organization, Cancellation))!.Head;
            Assert.True(InclusionProof.Verify(proof!.Path, sequence - 1, stored!.Line!.Leaf, head));
            // Of 600 leaves: the tile of the leaf, the one of what is above it, and the one of the end.
            Assert.InRange(sent.Count, 2, 1 + 3);
            Assert.All(sent, one => Assert.Equal(("table audit", "QueryEntities"), (one.Place, Assert.Single(one.Operations))));
        }
    }
}
