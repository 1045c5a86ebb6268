using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Tools;

/// <summary>An NDJSON export: a record a line, and behind them the trailer. Read as a stream, for it may be larger than memory.</summary>
internal static class ExportFile
{
    /// <summary>The last line.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Trailer ReadTrailer(string file)
    {
        try
        {
            var trailer = JsonNode.Parse(File.ReadLines(file).Last())!["trailer"]!;
            var before = trailer["before"]!;
            return new Trailer(
                (long)trailer["records"]!,
                TreeEdge.TryRead((long)before["size"]!, Convert.FromBase64String((string)before["edge"]!), out var edge) ? edge : throw new FormatException(),
                trailer["checkpoint"] is { } checkpoint ? new CheckpointFile((string)checkpoint["note"]!, (string)checkpoint["jws"]!) : null,
                trailer["consistency"] is { } path ? [.. path.AsArray().Select(hash => Convert.FromBase64String((string)hash!))] : null);
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            throw new UsageException("The export has no trailer: it is not whole.");
        }
    }

    /// <summary>The lines in front of the trailer.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> ReadRecords(string file)
    {
        string? before = null;
        foreach (var line in File.ReadLines(file))
        {
            if (before is not null)
            {
                yield return Encoding.UTF8.GetBytes(before);
            }

            before = line;
        }
    }

    /// <summary>What the export says of itself.</summary>
    /// <param name="Records">How many there are.</param>
    /// <param name="Before">The tree in front of the first.</param>
    /// <param name="Checkpoint">The last one when it was exported; null when there was none, or records are left out.</param>
    /// <param name="Consistency">What leads from the last record to it; null where it is of no more records.</param>
    public sealed record Trailer(long Records, TreeEdge Before, CheckpointFile? Checkpoint, IReadOnlyList<byte[]>? Consistency);
}
