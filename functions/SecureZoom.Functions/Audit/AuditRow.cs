using System.Globalization;

namespace SecureZoom.Functions.Audit;

/// <summary>A record as a row of the CSV export: what a person sorts and filters by.</summary>
internal static class AuditRow
{
    public static string[] Columns { get; } =
    [
        "sequence", "recordedAt", "occurredAt", "organization", "actor", "email", "department", "action", "meeting", "topic", "outcome",
        "reason", "source", "ip", "sentence", "id",
    ];

    public static string[] Of(AuditRecord record) =>
    [
        record.Sequence.ToString(CultureInfo.InvariantCulture),
        Time(record.RecordedAt),
        Time(record.OccurredAt),
        record.Organization,
        record.Actor.Name ?? record.Actor.Subject ?? "",
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
    ];

    /// <summary>The last row: how many there are in front of it.</summary>
    public static string[] Trailer(long records) => ["records", records.ToString(CultureInfo.InvariantCulture)];

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
