using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Verification.Log;

namespace SecureZoom.Tools;

/// <summary>An NDJSON export: a record a line, and behind them the trailer. Read as a stream, for it may be larger than memory.</summary>
internal static class ExportFile
{
    /// <summary>The last line: how many records there are, and the tree before the first.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static (long Records, TreeEdge Before) ReadTrailer(string file)
    {
        try
        {
            var trailer = JsonNode.Parse(File.ReadLines(file).Last())!["trailer"]!;
            var before = trailer["before"]!;
            return TreeEdge.TryRead((long)before["size"]!, Convert.FromBase64String((string)before["edge"]!), out var edge)
                ? ((long)trailer["records"]!, edge)
                : throw new FormatException();
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
}
