using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SecureZoom.Verification.Log;

/// <summary>
/// A record as a line of an export: the deed's own JSON object, left open, and behind its members <c>parts</c> (their JSON, as stored),
/// <c>salts</c> and <c>leaf</c> (base64), <c>lengths</c> (bytes of the deed and of each part) and <c>sentence</c>. The lengths find
/// the stored bytes again, which alone are proved: JSON that was parsed and written again is another text. Where a part is withheld, it
/// and its salt are null, and <c>withheld</c> behind the lengths has the commitments of those that are, in order.
/// </summary>
/// <param name="Leaf">The leaf's hash as the log has it: when the record's own differs, it is this record that was changed.</param>
public sealed record RecordLine(LogRecord Record, byte[] Leaf)
{
    private static ReadOnlySpan<byte> Parts => ",\"parts\":["u8;

    /// <param name="sentence">For people to read; it is made of what is proved, and not proved itself.</param>
    public byte[] ToBytes(string sentence)
    {
        using var line = new MemoryStream();
        line.Write(Record.Deed.Span[..^1]);
        line.Write(Parts);
        foreach (var (number, part) in Record.Parts.Index())
        {
            line.Write(number == 0 ? "" : ",");
            line.Write(part.Bytes.Span);
        }

        line.Write($"],\"salts\":[{Join(Record.Parts.Select(SaltOf).Prepend(Base64(Record.Salt)))}]");
        line.Write($",\"leaf\":{Base64(Leaf)}");
        var lengths = Record.Parts.Select(part => part.Bytes).Prepend(Record.Deed).Select(part => part.Length.ToString(CultureInfo.InvariantCulture));
        line.Write($",\"lengths\":[{Join(lengths)}]");
        if (Record.Parts.Any(part => part.IsWithheld))
        {
            line.Write($",\"withheld\":[{Join(Record.Parts.Where(part => part.IsWithheld).Select(part => Base64(part.Commitment)))}]");
        }

        line.Write($",\"sentence\":{JsonSerializer.Serialize(sentence, VerificationJson.Default.String)}}}");
        return line.ToArray();
    }

    /// <summary>Reads a line; false when it is none, or not written as <see cref="ToBytes"/> does, whatever it says.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> line, [NotNullWhen(true)] out RecordLine? record)
    {
        record = null;
        try
        {
            return JsonSerializer.Deserialize(line.Span, VerificationJson.Default.LineParts) is { } parts && TryCut(line, parts, out record);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryCut(ReadOnlyMemory<byte> line, LineParts parts, [NotNullWhen(true)] out RecordLine? record)
    {
        record = null;
        if (parts.Lengths is not [> 0 and var deedLength, .. var lengths]
            || parts.Salts is not [{ } deedSalt, .. var salts]
            || salts.Length != lengths.Length
            || parts.Lengths.Any(length => length < 0 || length > line.Length)
            || !StrictText.TryReadHash(parts.Leaf, out var leaf)
            || !StrictText.TryReadHash(deedSalt, out var salt))
        {
            return false;
        }

        var cut = new List<RecordPart>();
        var withheld = new Queue<string?>(parts.Withheld ?? []);
        var position = deedLength - 1 + Parts.Length;
        foreach (var (length, text) in lengths.Zip(salts))
        {
            if (position + length > line.Length || TryReadPart(line.Slice(position, length), text, withheld) is not { } part)
            {
                return false;
            }

            cut.Add(part);
            // And the comma behind it.
            position += length + 1;
        }

        // Whatever else stands in a line is not proved, and could pass for what is: a second outcome behind the deed's, say.
        byte[] deed = [.. line.Span[..(deedLength - 1)], (byte)'}'];
        var read = new RecordLine(new LogRecord(deed, salt, cut), leaf);
        record = read.ToBytes(parts.Sentence).AsSpan().SequenceEqual(line.Span) ? read : null;
        return record is not null;
    }

    private static RecordPart? TryReadPart(ReadOnlyMemory<byte> bytes, string? salt, Queue<string?> withheld) => salt is null
        ? withheld.TryDequeue(out var text) && StrictText.TryReadHash(text, out var commitment) ? RecordPart.Withheld(commitment) : null
        : StrictText.TryReadHash(salt, out var read) ? RecordPart.Of(bytes, read) : null;

    private static string SaltOf(RecordPart part) => part.IsWithheld ? "null" : Base64(part.Salt);

    private static string Base64(byte[] hash) => $"\"{Convert.ToBase64String(hash)}\"";

    private static string Join(IEnumerable<string> items) => string.Join(',', items);
}

/// <summary>What a line has behind the deed's members.</summary>
internal sealed record LineParts(string?[] Salts, string Leaf, int[] Lengths, string Sentence, string?[]? Withheld = null);

/// <summary>Text into bytes.</summary>
file static class Utf8Lines
{
    public static void Write(this Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));
}
