using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SecureZoom.Verification.Log;

/// <summary>That a log has a leaf, as a file that can be checked anywhere (c2sp.org/tlog-proof@v1): place, path and checkpoint.</summary>
/// <param name="Index">The leaf's.</param>
/// <param name="Path">See <see cref="InclusionProof"/>.</param>
/// <param name="Extra">What the reader may need beside it; nobody vouches for it. Null or at least one byte.</param>
public sealed record TlogProof(long Index, IReadOnlyList<byte[]> Path, SignedNote Checkpoint, byte[]? Extra = null)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraPrefix = "extra ";
    private const string IndexPrefix = "index ";

    /// <summary>Hashes in the path of any tree that can be.</summary>
    private const int MaxPath = 64;

    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out TlogProof? proof)
    {
        proof = null;
        return StrictText.TryReadUtf8(utf8, out var text) && TryParse(text, out proof);
    }

    /// <summary>The checkpoint, when one of the log's keys has signed it and this leaf is in its tree; else null.</summary>
    /// <param name="keys">The log's.</param>
    public LogCheckpoint? Verify(ReadOnlySpan<byte> leafHash, string origin, IReadOnlyCollection<VerifierKey> keys) =>
        LogCheckpoint.TryOpen(Checkpoint, origin, keys, out var checkpoint)
        && InclusionProof.Verify(Path, Index, leafHash, checkpoint.Head)
            ? checkpoint
            : null;

    /// <summary>The file's text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Header).Append('\n');
        if (Extra is not null)
        {
            text.Append(ExtraPrefix).Append(Convert.ToBase64String(Extra)).Append('\n');
        }

        text.Append(IndexPrefix).Append(StrictText.Number(Index)).Append('\n');
        foreach (var hash in Path)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out TlogProof? proof)
    {
        proof = null;
        // The path has no empty line, so the first one ends it.
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !SignedNote.TryParse(text[(end + 2)..], out var checkpoint))
        {
            return false;
        }

        var lines = new Queue<string>(text[..end].Split('\n'));
        if (!lines.TryDequeue(out var header) || header != Header)
        {
            return false;
        }

        byte[]? extra = null;
        if (TryDequeue(lines, ExtraPrefix, out var base64) && !(StrictText.TryReadBase64(base64, out extra) && extra.Length > 0))
        {
            return false;
        }

        if (!TryDequeue(lines, IndexPrefix, out var number) || !StrictText.TryReadNumber(number, out var index) || lines.Count > MaxPath)
        {
            return false;
        }

        var path = new List<byte[]>();
        foreach (var line in lines)
        {
            if (!StrictText.TryReadHash(line, out var hash))
            {
                return false;
            }

            path.Add(hash);
        }

        proof = new TlogProof(index, path, checkpoint, extra);
        return true;
    }

    /// <summary>What stands behind the prefix, when the next line begins with it.</summary>
    private static bool TryDequeue(Queue<string> lines, string prefix, [NotNullWhen(true)] out string? rest)
    {
        rest = lines.TryPeek(out var line) && line.StartsWith(prefix, StringComparison.Ordinal) ? lines.Dequeue()[prefix.Length..] : null;
        return rest is not null;
    }
}
