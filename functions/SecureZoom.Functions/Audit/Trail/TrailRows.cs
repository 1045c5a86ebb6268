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

    public const string LeafColumn = "Leaf";

    private const string GuardPrefix = "g:";
    private const string TilePrefix = "t:";
    private const int SequenceDigits = 19;
    private const string DeedColumn = "Deed";
    private const string PartsColumn = "Parts";
    private const string LengthsColumn = "Lengths";
    private const string SaltsColumn = "Salts";

    /// <summary>Among the lengths: the part's commitment is in the place of its salt.</summary>
    private const string WithheldLength = "-";

    private const string MacColumn = "Mac";
    private const string ErasedByColumn = "ErasedBy";
    private const string SizeColumn = "Size";
    private const string EdgeColumn = "Edge";
    private const string RecordedAtColumn = "RecordedAt";

    public static string KeyOf(long sequence) => sequence.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>What keeps an event from being recorded twice.</summary>
    public static string GuardOf(string eventId) => GuardPrefix + eventId;

    public static bool IsTile(string key) => key.StartsWith(TilePrefix, StringComparison.Ordinal);

    public static string KeyOf(Tile tile) => string.Create(CultureInfo.InvariantCulture, $"{TilePrefix}{tile.Level}:{tile.Index:D19}");

    public static TableEntity Row(string organization, StoredRecord stored)
    {
        var (record, leaf) = stored.Line!;
        var row = new TableEntity(organization, KeyOf(stored.Sequence))
        {
            [DeedColumn] = record.Deed.ToArray(),
            [PartsColumn] = record.Parts.Where(part => !part.IsWithheld).SelectMany(part => part.Bytes.ToArray()).ToArray(),
            [LengthsColumn] = string.Join(',', record.Parts.Select(LengthOf)),
            [SaltsColumn] = (byte[])[.. record.Salt, .. record.Parts.SelectMany(part => part.IsWithheld ? part.Commitment : part.Salt)],
            [LeafColumn] = leaf,
            [MacColumn] = stored.Mac,
        };
        if (stored.ErasedBy.Count > 0)
        {
            row[ErasedByColumn] = string.Join(',', stored.ErasedBy);
        }

        return row;
    }

    /// <summary>Reads a row of a record; whatever somebody else has put there is one without a line.</summary>
    /// <param name="next">The sequence to give a row whose key is none.</param>
    public static StoredRecord Read(TableEntity row, long next)
    {
        var isKey = long.TryParse(row.RowKey, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && row.RowKey.Length == SequenceDigits;
        next = isKey ? sequence : next;
        return isKey && TryReadLine(row, out var line)
            ? new StoredRecord(next, line, Value<string>(row, MacColumn) ?? "") { ErasedBy = Sequences(Value<string>(row, ErasedByColumn)) }
            : new StoredRecord(next, null, "");
    }

    /// <summary>The leaf's hash that a row of a record has; null where it has none.</summary>
    public static byte[]? ReadLeaf(TableEntity row) => Value<byte[]>(row, LeafColumn) is { Length: Merkle.HashSize } leaf ? leaf : null;

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
            || ReadLeaf(row) is not { } leaf)
        {
            return false;
        }

        var bytes = Value<byte[]>(row, PartsColumn) ?? [];
        var lengths = (Value<string>(row, LengthsColumn) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (salts.Length != (lengths.Length + 1) * LogRecord.SaltSize || !IsOneLine(deed) || !IsOneLine(bytes))
        {
            return false;
        }

        var parts = new List<RecordPart>();
        var position = 0;
        foreach (var (text, salt) in lengths.Zip(salts.Chunk(LogRecord.SaltSize).Skip(1)))
        {
            if (text == WithheldLength)
            {
                parts.Add(RecordPart.Withheld(salt));
            }
            else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= bytes.Length - position)
            {
                parts.Add(RecordPart.Of(bytes.AsMemory(position, length), salt));
                position += length;
            }
            else
            {
                return false;
            }
        }

        line = new RecordLine(new LogRecord(deed, salts[..LogRecord.SaltSize], parts), leaf);
        return true;
    }

    private static long[] Sequences(string? text) =>
        [.. (text ?? "").Split(',').Select(one => long.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0).Where(one => one > 0)];

    private static string LengthOf(RecordPart part) =>
        part.IsWithheld ? WithheldLength : part.Bytes.Length.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether it stays on its line in an export; what we write always does.</summary>
    private static bool IsOneLine(ReadOnlySpan<byte> json) => !json.ContainsAny("\r\n"u8);

    /// <summary>A column, when it is there and of this type.</summary>
    private static T? Value<T>(TableEntity row, string name)
        where T : class => row.TryGetValue(name, out var value) ? value as T : null;
}
