using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Log;

/// <summary>A leaf's proof as a file.</summary>
public sealed class TlogProofTests
{
    private static readonly JsonNode Vectors = LogVectors.Notes["proofs"]!;

    public static TheoryData<string> Names => LogVectors.NamesOf(Vectors);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_has_its_verdict(string name)
    {
        var vector = LogVectors.Named(Vectors, name);
        var text = (string)vector["proof"]!;
        var readable = TlogProof.TryParse(Encoding.UTF8.GetBytes(text), out var proof);

        Assert.Equal((bool)vector["readable"]!, readable);
        Assert.Equal(readable ? text : null, proof?.ToString());
        Assert.Equal(
            (bool)vector["proved"]!,
            proof?.Verify(LogVectors.Bytes(vector["leaf"]), (string)vector["origin"]!, LogKeys.Named(vector["keys"]!)) is not null);
    }

    [Fact]
    public async Task A_proof_made_of_tiles_proves_a_leaf_to_a_stranger()
    {
        var tree = new ReferenceTree(1_000);
        var checkpoint = new LogCheckpoint(LogKeys.Log.Key.Name, tree.Head(1_000));
        var path = await new TileTree(checkpoint.Head, tree.ReadAsync).ProveInclusionAsync(321, TestContext.Current.CancellationToken);
        var file = new TlogProof(321, path, SignedNote.Of(checkpoint.Text, LogKeys.Log.Sign(checkpoint.Text)), [1, 2, 3]).ToString();

        Assert.True(TlogProof.TryParse(Encoding.UTF8.GetBytes(file), out var read));
        Assert.Equal([1, 2, 3], read.Extra);
        Assert.Equal(checkpoint, read.Verify(tree.Leaves[321], checkpoint.Origin, [LogKeys.Log.Key]));
        Assert.Null(read.Verify(tree.Leaves[322], checkpoint.Origin, [LogKeys.Log.Key]));
    }
}
