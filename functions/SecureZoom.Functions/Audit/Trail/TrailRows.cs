using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Azure.Data.Tables;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>How a trail lies in its partition of the table <c>audit</c>.</summary>
internal static class TrailRows
{
    /// <summary>The trail's end, sealed.</summary>
    public const string HeadKey = "head";

    public const string SequenceColumn = "Sequence";

    private const string GuardPrefix = "g:";
    private const string TilePrefix = "t:";
    private const int SequenceDigits = 19;
    private const string DeedColumn = "Deed";
    private const string PartsColumn = "Parts";
    private const string LengthsColumn = "Lengths";
    private const string SaltsColumn = "Salts";
    private const string LeafColumn = "Leaf";
    private const string MacColumn = "Mac";
    private const string SizeColumn = "Size";
    private const string EdgeColumn = "Edge";
    private const string RecordedAtColumn = "RecordedAt";

    public static string KeyOf(long sequence) => sequence.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>What keeps an event from being recorded twice.</summary>
    public static string GuardOf(string eventId) => GuardPrefix + eventId;

    public static string KeyOf(Tile tile) => string.Create(CultureInfo.InvariantCulture, $"{TilePrefix}{tile.Level}:{tile.Index:D19}");

    public static TableEntity Row(string organization, StoredRecord stored)
    {
        var (record, leaf) = stored.Line!;
        return new TableEntity(organization, KeyOf(stored.Sequence))
        {
            [DeedColumn] = record.Deed.ToArray(),
            [PartsColumn] = record.Parts.SelectMany(part => part.ToArray()).ToArray(),
            [LengthsColumn] = string.Join(',', record.Parts.Select(part => part.Length)),
            [SaltsColumn] = record.Salts.SelectMany(salt => salt).ToArray(),
            [LeafColumn] = leaf,
            [MacColumn] = stored.Mac,
        };
    }

    /// <summary>Reads a row of a record; whatever somebody else has put there is one without a line.</summary>
    /// <param name="next">The sequence to give a row whose key is none.</param>
    public static StoredRecord Read(TableEntity row, long next)
    {
        var isKey = long.TryParse(row.RowKey, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && row.RowKey.Length == SequenceDigits;
        next = isKey ? sequence : next;
        return isKey && TryReadLine(row, out var line)
            ? new StoredRecord(next, line, Value<string>(row, MacColumn) ?? "")
            : new StoredRecord(next, null, "");
    }

    public static TableEntity Head(string organization, TrailHead head) => new(organization, HeadKey)
    {
        [SizeColumn] = head.Size,
        [EdgeColumn] = head.Edge.ToBytes(),
        [RecordedAtColumn] = head.RecordedAt,
    };

    public static bool TryReadHead(TableEntity row, [NotNullWhen(true)] out TrailHead? head)
    {
        head = Value<object>(row, SizeColumn) is long size
            && Value<byte[]>(row, EdgeColumn) is { } bytes
            && TreeEdge.TryRead(size, bytes, out var edge)
            && Value<object>(row, RecordedAtColumn) is DateTimeOffset recordedAt
                ? new TrailHead(edge, recordedAt, row.ETag)
                : null;
        return head is not null;
    }

    private static bool TryReadLine(TableEntity row, [NotNullWhen(true)] out RecordLine? line)
    {
        line = null;
        if (Value<byte[]>(row, DeedColumn) is not { Length: > 1 } deed
            || Value<byte[]>(row, SaltsColumn) is not { } salts
            || Value<byte[]>(row, LeafColumn) is not { Length: Merkle.HashSize } leaf)
        {
            return false;
        }

        var bytes = Value<byte[]>(row, PartsColumn) ?? [];
        var parts = new List<ReadOnlyMemory<byte>>();
        var position = 0;
        foreach (var text in (Value<string>(row, LengthsColumn) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > bytes.Length - position)
            {
                return false;
            }

            parts.Add(bytes.AsMemory(position, length));
            position += length;
        }

        if (salts.Length != (parts.Count + 1) * LogRecord.SaltSize || !IsOneLine(deed) || !IsOneLine(bytes))
        {
            return false;
        }

        line = new RecordLine(new LogRecord(deed, parts, [.. salts.Chunk(LogRecord.SaltSize)]), leaf);
        return true;
    }

    /// <summary>Whether it stays on its line in an export; what we write always does.</summary>
    private static bool IsOneLine(ReadOnlySpan<byte> json) => !json.ContainsAny("\r\n"u8);

    /// <summary>A column, when it is there and of this type.</summary>
    private static T? Value<T>(TableEntity row, string name)
        where T : class => row.TryGetValue(name, out var value) ? value as T : null;
}
