using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SecureZoom.Verification.Log;

/// <summary>What a witness is asked (c2sp.org/tlog-witness, add-checkpoint): to cosign a checkpoint that goes on from the one it knows.</summary>
/// <param name="Old">The size of the tree that the witness knows; 0 for none.</param>
/// <param name="Proof">See <see cref="ConsistencyProof"/>; from that tree to the checkpoint's.</param>
public sealed record WitnessRequest(long Old, IReadOnlyList<byte[]> Proof, SignedNote Checkpoint)
{
    private const string OldPrefix = "old ";
    private const int MaxProof = 63;

    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out WitnessRequest? request)
    {
        request = null;
        if (!StrictText.TryReadUtf8(utf8, out var text))
        {
            return false;
        }

        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0
            || text[..end].Split('\n') is not [var old, .. var lines]
            || !old.StartsWith(OldPrefix, StringComparison.Ordinal)
            || !StrictText.TryReadNumber(old[OldPrefix.Length..], out var size)
            || lines.Length > MaxProof
            || !SignedNote.TryParse(text[(end + 2)..], out var checkpoint))
        {
            return false;
        }

        var proof = new List<byte[]>();
        foreach (var line in lines)
        {
            if (!StrictText.TryReadHash(line, out var hash))
            {
                return false;
            }

            proof.Add(hash);
        }

        request = new WitnessRequest(size, proof, checkpoint);
        return true;
    }

    /// <summary>The request's body.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(OldPrefix).Append(StrictText.Number(Old)).Append('\n');
        foreach (var hash in Proof)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }
}
