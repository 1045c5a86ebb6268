using System.Globalization;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Sequences as a query names them, such as <c>12,14-20</c>.</summary>
public sealed class SequenceSet
{
    private const int MaxRanges = 100;
    private const int MaxDigits = 15;

    private readonly string _text;
    private readonly IReadOnlyList<(long First, long Last)> _ranges;

    private SequenceSet(string text, IReadOnlyList<(long First, long Last)> ranges) => (_text, _ranges) = (text, ranges);

    public long First => _ranges.Min(range => range.First);

    public long Last => _ranges.Max(range => range.Last);

    /// <summary>Null on what names none.</summary>
    public static SequenceSet? TryParse(string text)
    {
        var ranges = text.Split(',').Select(Range).ToList();
        return ranges.Count <= MaxRanges && ranges.All(range => range is { First: > 0 } && range.Value.First <= range.Value.Last)
            ? new SequenceSet(text, [.. ranges.Select(range => range!.Value)])
            : null;
    }

    /// <summary>As it was asked for.</summary>
    public override string ToString() => _text;

    public bool Contains(long sequence) => _ranges.Any(range => sequence >= range.First && sequence <= range.Last);

    private static (long First, long Last)? Range(string text) => text.Split('-') switch
    {
        [var one] when Number(one) is { } sequence => (sequence, sequence),
        [var first, var last] when Number(first) is { } from && Number(last) is { } to => (from, to),
        _ => null,
    };

    private static long? Number(string text) =>
        text.Length <= MaxDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
