using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using SecureZoom.Verification.Log;

namespace SecureZoom.Verification;

/// <summary>The last line of an NDJSON export: <c>{"trailer": ...}</c>.</summary>
public sealed record ExportTrailer(ExportSummary Trailer)
{
    /// <summary>Reads an export's last line; false where it is none, so that the export is not whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out ExportSummary? summary)
    {
        summary = null;
        try
        {
            var read = JsonSerializer.Deserialize(line, VerificationJson.Default.ExportTrailer)?.Trailer;
            // What is not base64 throws here, and not later.
            _ = read?.Path;
            summary = read?.Before.ToEdge() is null ? null : read;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException)
        {
            // Something else.
        }

        return summary is not null;
    }
}

/// <summary>How many lines an export has, the tree before the first, from which it can be verified, and what proves it.</summary>
/// <param name="Checkpoint">The last one; null while there is none, and where filters leave records out: then the lines are no tree.</param>
/// <param name="Witnessed">The newest of the lines' checkpoints that witnesses have signed, where that is an earlier one.</param>
/// <param name="Consistency">
/// That the tree up to the last line is the beginning of the checkpoint's (RFC 9162, 2.1.4), base64; null where it is not larger.
/// </param>
/// <param name="To">Up to when it was asked for; null where it is up to the trail's end.</param>
/// <param name="From">From when on it was asked for; null where it is from the trail's beginning, or from a place.</param>
/// <param name="InFront">The record in front of the first line, its parts withheld: it is older than <paramref name="From"/>. Null where none is, or it waits for its checkpoint.</param>
/// <param name="Behind">The record behind the last line, likewise: it is no older than <paramref name="To"/>. Null where the checkpoint has none.</param>
/// <param name="IsFromBeginning">True where it was asked for from the trail's beginning: what is in front of the first line was let go.</param>
/// <param name="Cut">The record behind the last line that says so; null where nothing was let go, or one of the lines says it.</param>
/// <param name="Erasures">The records behind the last line that say which parts of the lines were to be destroyed; null where there are none.</param>
public sealed record ExportSummary(
    long Records,
    ExportPlace Before,
    CheckpointFile? Checkpoint = null,
    CheckpointFile? Witnessed = null,
    IReadOnlyList<string>? Consistency = null,
    DateTimeOffset? To = null,
    bool? IsFromBeginning = null,
    ProvedRecord? Cut = null,
    IReadOnlyList<ProvedRecord>? Erasures = null,
    DateTimeOffset? From = null,
    ProvedRecord? InFront = null,
    ProvedRecord? Behind = null)
{
    /// <summary>Whether the log may go on behind the last line: only where it was asked for up to a time.</summary>
    [JsonIgnore]
    public bool EndsEarlier => To is not null;

    /// <summary>The hashes of <see cref="Consistency"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<byte[]>? Path => Consistency is null ? null : [.. Consistency.Select(Convert.FromBase64String)];
}

/// <summary>A record that is none of the lines and says something of them.</summary>
/// <param name="Record">As a line has it.</param>
/// <param name="Proof">That it is in the checkpoint's tree (c2sp.org/tlog-proof).</param>
public sealed record ProvedRecord(string Record, string Proof);

/// <summary>A place in the log: how many records are in front of it, and the edge of their tree, base64 (<see cref="TreeEdge"/>).</summary>
public sealed record ExportPlace(long Size, string Edge)
{
    public static ExportPlace Of(TreeEdge edge) => new(edge.Size, Convert.ToBase64String(edge.ToBytes()));

    /// <summary>The tree; null where it is none.</summary>
    /// <exception cref="FormatException">It is not base64.</exception>
    public TreeEdge? ToEdge() => TreeEdge.TryRead(Size, Convert.FromBase64String(Edge), out var edge) ? edge : null;
}
