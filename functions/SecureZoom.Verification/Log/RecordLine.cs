using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SecureZoom.Verification.Log;

/// <summary>
/// A record as a line of an export: the deed's own JSON object, left open, and behind its members <c>parts</c> (their JSON, as stored),
/// <c>salts</c> and <c>leaf</c> (base64), <c>lengths</c> (bytes of the deed and of each part) and <c>sentence</c>. The lengths find
/// the stored bytes again, which alone are proved: JSON that was parsed and written again is another text.
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
        for (var i = 0; i < Record.Parts.Count; i++)
        {
            line.Write(i == 0 ? "" : ",");
            line.Write(Record.Parts[i].Span);
        }

        line.Write($"],\"salts\":[{string.Join(',', Record.Salts.Select(salt => $"\"{Convert.ToBase64String(salt)}\""))}]");
        line.Write($",\"leaf\":\"{Convert.ToBase64String(Leaf)}\"");
        var lengths = Record.Parts.Prepend(Record.Deed).Select(part => part.Length.ToString(CultureInfo.InvariantCulture));
        line.Write($",\"lengths\":[{string.Join(',', lengths)}],\"sentence\":{JsonSerializer.Serialize(sentence, VerificationJson.Default.String)}}}");
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
            || parts.Salts.Length != parts.Lengths.Length
            || parts.Lengths.Any(length => length < 0 || length > line.Length)
            || !StrictText.TryReadHash(parts.Leaf, out var leaf))
        {
            return false;
        }

        var salts = new List<byte[]>();
        foreach (var text in parts.Salts)
        {
            if (!StrictText.TryReadHash(text, out var salt))
            {
                return false;
            }

            salts.Add(salt);
        }

        byte[] deed = [.. line.Span[..(deedLength - 1)], (byte)'}'];
        var cut = new List<ReadOnlyMemory<byte>>();
        var position = deedLength - 1 + Parts.Length;
        foreach (var length in lengths)
        {
            if (position + length > line.Length)
            {
                return false;
            }

            cut.Add(line.Slice(position, length));
            // And the comma behind it.
            position += length + 1;
        }

        // Whatever else stands in a line is not proved, and could pass for what is: a second outcome behind the deed's, say.
        var read = new RecordLine(new LogRecord(deed, cut, salts), leaf);
        record = read.ToBytes(parts.Sentence).AsSpan().SequenceEqual(line.Span) ? read : null;
        return record is not null;
    }
}

/// <summary>What a line has behind the deed's members.</summary>
internal sealed record LineParts(string[] Salts, string Leaf, int[] Lengths, string Sentence);

/// <summary>Text into bytes.</summary>
file static class Utf8Lines
{
    public static void Write(this Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));
}
