using System.Globalization;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>What is counted together: an hour or a day of UTC.</summary>
public sealed record SummarySpan
{
    /// <summary>How late something may be told and yet be counted when it happened.</summary>
    internal static readonly TimeSpan Late = TimeSpan.FromHours(48);

    private SummarySpan(string name, string letter, string format, TimeSpan length, TimeSpan most) =>
        (Name, Letter, Format, Length, Most) = (name, letter, format, length, most);

    public static SummarySpan Hour { get; } = new("hour", "h", "yyyyMMddHH", TimeSpan.FromHours(1), TimeSpan.FromDays(31));

    public static SummarySpan Day { get; } = new("day", "d", "yyyyMMdd", TimeSpan.FromDays(1), TimeSpan.FromDays(400));

    /// <summary>As a query names it.</summary>
    public string Name { get; }

    public TimeSpan Length { get; }

    /// <summary>The longest range that one answer is of.</summary>
    public TimeSpan Most { get; }

    /// <summary>In a row's key.</summary>
    internal string Letter { get; }

    private string Format { get; }

    /// <summary>The beginning of the hour or day that a moment is in.</summary>
    public DateTimeOffset StartOf(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % Length.Ticks), TimeSpan.Zero);

    /// <summary>The end of the hour or day that a moment is in, or ends.</summary>
    public DateTimeOffset EndOf(DateTimeOffset moment) => StartOf(moment + Length - TimeSpan.FromTicks(1));

    /// <summary>A start in a row's key: in order of time.</summary>
    internal string TextOf(DateTimeOffset start) => start.ToString(Format, CultureInfo.InvariantCulture);

    /// <inheritdoc cref="TextOf"/>
    internal DateTimeOffset? TryParse(string text) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start) ? start : null;
}
