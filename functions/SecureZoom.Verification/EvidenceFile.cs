using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using SecureZoom.Verification.Log;

namespace SecureZoom.Verification;

/// <summary>
/// Records picked out of one log, and behind each its own proof, so that they prove themselves to somebody who has nothing else of the log.
/// </summary>
/// <param name="Records">Null stands for what is no record, or no proof.</param>
/// <param name="Count">How many records it says it has.</param>
/// <param name="IsPartial">Whether it is about one person, and withholds the others: else nothing may be withheld but what was erased on record.</param>
/// <param name="Checkpoint">The one that each proof leads to, with its time.</param>
public sealed record EvidenceFile(IReadOnlyList<(RecordLine? Line, TlogProof? Proof)> Records, long Count, CheckpointFile Checkpoint, bool IsPartial)
{
    /// <summary>Reads a file's lines: a record and its proof in turn, and the end; false when they do not end so.</summary>
    public static bool TryRead(IReadOnlyList<ReadOnlyMemory<byte>> lines, [NotNullWhen(true)] out EvidenceFile? file)
    {
        file = null;
        if (lines.Count == 0 || TryRead(lines[^1], VerificationJson.Default.EvidenceEnd) is not { Evidence: { } end })
        {
            return false;
        }

        var records = lines.SkipLast(1).Chunk(2).Select(pair =>
            (RecordLine.TryRead(pair[0], out var line) ? line : null, pair is [_, var proof] ? TryReadProof(proof) : null));
        file = new EvidenceFile([.. records], end.Records, end.Checkpoint, end.Partial is true);
        return true;
    }

    private static TlogProof? TryReadProof(ReadOnlyMemory<byte> line) =>
        TryRead(line, VerificationJson.Default.EvidenceProof) is { } text && TlogProof.TryParse(text.ToUtf8(), out var proof) ? proof : null;

    private static T? TryRead<T>(ReadOnlyMemory<byte> json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The line behind a record's: <c>{"proof": ...}</c>.</summary>
/// <param name="Proof">A tlog-proof, as <c>GET /api/audit/records/{sequence}/proof</c> answers it.</param>
public sealed record EvidenceProof(string Proof)
{
    internal byte[] ToUtf8() => System.Text.Encoding.UTF8.GetBytes(Proof);
}

/// <summary>The last line: <c>{"evidence": ...}</c>.</summary>
public sealed record EvidenceEnd(EvidenceSummary Evidence);

/// <param name="Records">How many there are.</param>
/// <param name="Checkpoint">The one that each proof leads to.</param>
/// <param name="Partial">True where it is about one person, and withholds the others.</param>
/// <param name="How">For a person: what the file is, and where it says how to check it.</param>
public sealed record EvidenceSummary(long Records, CheckpointFile Checkpoint, bool? Partial = null, string? How = null);
