using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SecureZoom.Functions.Zoom;

/// <summary>Zoom's number of a meeting: 9 to 11 digits.</summary>
public readonly record struct MeetingNumber
{
    private const long Least = 100_000_000;
    private const long Most = 99_999_999_999;

    private MeetingNumber(long value) => Value = value;

    public long Value { get; }

    public static MeetingNumber? From(long value) => value is >= Least and <= Most ? new MeetingNumber(value) : null;

    /// <summary>Nine to eleven digits, with spaces and dashes between them where <paramref name="spaced"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, bool spaced, out MeetingNumber number)
    {
        number = default;
        if (text is not { Length: >= 9 and <= 32 } || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[^1]))
        {
            return false;
        }

        var digits = spaced ? string.Concat(text.Where(c => c is not (' ' or '-'))) : text;
        if (!digits.All(char.IsAsciiDigit)
            || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            || From(value) is not { } parsed
            || digits.Length != parsed.ToString().Length)
        {
            return false;
        }

        number = parsed;
        return true;
    }

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
