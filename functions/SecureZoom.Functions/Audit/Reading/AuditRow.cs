using System.Globalization;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>A record as a row of the CSV export: what a person sorts and filters by.</summary>
internal static class AuditRow
{
    /// <summary>What a formula begins with, also in full width and in small: not by normalisation, which not every system has.</summary>
    private const string Formula = "=+-@＝＋－＠﹦﹢﹣﹫";

    public static string[] Columns { get; } =
    [
        "sequence", "recordedAt", "occurredAt", "organization", "actor", "email", "department", "action", "meeting", "topic", "outcome",
        "reason", "source", "ip", "sentence", "id", "operation",
    ];

    public static string[] Of(AuditRecord record)
    {
        string[] cells =
        [
            record.Sequence.ToString(CultureInfo.InvariantCulture),
            Time(record.RecordedAt),
            Time(record.OccurredAt),
            record.Organization,
            record.Actor.Erased is true ? AuditText.Erased : record.Actor.Name ?? record.Actor.Subject ?? "",
            record.Actor.Email ?? "",
            record.Actor.Department ?? "",
            record.Action,
            record.Meeting ?? "",
            record.Target?.Name ?? "",
            record.Outcome,
            record.Reason ?? "",
            record.Source,
            record.Client?.Ip ?? "",
            record.Sentence,
            record.Id,
            record.Operation ?? "",
        ];
        return [.. cells.Select(Cell)];
    }

    /// <summary>The last row: how many there are in front of it.</summary>
    public static string[] Trailer(long records) => ["records", records.ToString(CultureInfo.InvariantCulture)];

    /// <summary>
    /// Without what is not shown; and with an apostrophe in front of what a spreadsheet would take for a formula, as a person reads it: also
    /// in full width, also behind spaces.
    /// </summary>
    private static string Cell(string text)
    {
        var plain = PlainText.Of(text);
        return plain.TrimStart() is [var first, ..] && Formula.Contains(first, StringComparison.Ordinal) ? $"'{plain}" : plain;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
