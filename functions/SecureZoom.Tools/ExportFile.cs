using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Verification;

namespace SecureZoom.Tools;

/// <summary>An NDJSON export: a record a line, and behind them the trailer. Read as a stream, for it may be larger than memory.</summary>
internal static class ExportFile
{
    /// <summary>The last line.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static ExportSummary ReadTrailer(string file) =>
        ExportTrailer.TryRead(Encoding.UTF8.GetBytes(File.ReadLines(file).LastOrDefault() ?? ""), out var summary)
            ? summary
            : throw new UsageException("The export has no trailer: it is not whole.");

    /// <summary>Whether it ends as an evidence file does, and not as an export.</summary>
    public static bool IsEvidence(string file) =>
        File.ReadLines(file).LastOrDefault()?.StartsWith("{\"evidence\":", StringComparison.Ordinal) is true;

    /// <summary>A checkpoint as the app writes it.</summary>
    public static CheckpointFile ReadCheckpoint(JsonNode checkpoint) => new(
        (string)checkpoint["note"]!,
        (string)checkpoint["jws"]!,
        checkpoint["cosignatures"]?.AsArray().Select(line => (string)line!).ToList());

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
}
