using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace SecureZoom.Functions.Audit;

/// <summary>
/// The sentence that a person reads in the trail, such as <c>Alice from Marketing (Acme Corp) created a 60-minute meeting with
/// recording enabled at 2:30 PM EST (2026-11-24 19:30:00 UTC): meeting 85012345678, "Planning".</c>
/// </summary>
internal static class AuditSentence
{
    private static readonly ZonedDateTimePattern Local =
        ZonedDateTimePattern.CreateWithInvariantCulture("h:mm tt x", DateTimeZoneProviders.Tzdb);

    public static string Of(AuditEvent happened)
    {
        var told = happened.Source == AuditSources.App ? "" : ", as Zoom tells";
        return $"{Who(happened.Actor)} {What(happened)}{told} {When(happened)}{About(happened)}.";
    }

    private static string Who(AuditActor actor)
    {
        var name = (actor.Name ?? actor.Email ?? actor.Subject) is { Length: > 0 } known ? AuditText.Named(known) : "Somebody";
        var department = actor.Department is { } from ? $" from {AuditText.Named(from)}" : "";
        var organization = actor.OrganizationName is { } of ? $" ({AuditText.Named(of)})" : "";
        return $"{name}{department}{organization}";
    }

    private static string What(AuditEvent happened) => happened.Outcome switch
    {
        AuditOutcomes.Intent => $"set out to {Verb(happened.Action)} {Object(happened)}",
        AuditOutcomes.Failure => $"could not {Verb(happened.Action)} {Object(happened)} ({Reason(happened)})",
        AuditOutcomes.Denied => $"was refused {AuditText.Quoted(Text(happened, "wanted") ?? happened.Action)} ({Reason(happened)}){Count(happened)}",
        _ => Deed(happened),
    };

    private static string Deed(AuditEvent happened) => happened.Action switch
    {
        "signature.issued" => $"got a signature to join a meeting as {Role(happened, "role")}{LoweredRole(happened)}",
        "passcode.issued" => "got the passcode of a meeting",
        "invitation.created" => $"invited {AuditText.Quoted(Text(happened, "organization") ?? Text(happened, "email") ?? "somebody")} to a meeting",
        "audit.exported" => "exported the audit trail",
        "meeting.created" => $"created {Object(happened)}",
        "meeting.updated" => "changed a meeting",
        "meeting.deleted" => "deleted a meeting",
        "meeting.started" => "started a meeting",
        "meeting.ended" => "ended a meeting",
        "meeting.participant_joined" => "joined a meeting",
        "meeting.participant_left" => "left a meeting",
        "recording.completed" => "had a recording completed",
        _ => $"did {AuditText.Quoted(happened.Action)}",
    };

    /// <summary>The verb of an action that is named by what was wanted: <c>meeting.create</c>.</summary>
    private static string Verb(string action) => action[(action.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static string Object(AuditEvent happened)
    {
        var minutes = Number(happened, "duration") is { } duration
            ? string.Create(CultureInfo.InvariantCulture, $"{duration}-minute ")
            : "";
        var recording = Setting(happened, "auto_recording") is "cloud" or "local" ? " with recording enabled" : "";
        return $"{(StartsWithVowelSound(minutes) ? "an" : "a")} {minutes}meeting{recording}";
    }

    /// <summary>8, 11, 18 and 80 to 89, with what follows them in thousands.</summary>
    private static bool StartsWithVowelSound(string minutes) =>
        minutes.StartsWith('8') || minutes.StartsWith("11-", StringComparison.Ordinal) || minutes.StartsWith("18-", StringComparison.Ordinal);

    private static string LoweredRole(AuditEvent happened) =>
        Number(happened, "requestedRole") is 1 && Number(happened, "role") is 0 ? $", having asked to host ({Reason(happened)})" : "";

    private static string Role(AuditEvent happened, string name) => Number(happened, name) is 1 ? "host" : "participant";

    private static string Reason(AuditEvent happened) => (happened.Reason ?? "no reason given").Replace('_', ' ');

    private static string Count(AuditEvent happened) =>
        Number(happened, "count") is { } count and > 1 ? string.Create(CultureInfo.InvariantCulture, $", {count} times") : "";

    /// <summary>The time in the meeting's time zone, where one is known, and in UTC.</summary>
    private static string When(AuditEvent happened)
    {
        var utc = happened.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        var zone = (Text(happened, "timezone") ?? Setting(happened, "timezone", "object")) is { } id
            ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
            : null;
        return zone is null
            ? $"at {utc}"
            : $"at {Local.Format(Instant.FromDateTimeOffset(happened.OccurredAt).InZone(zone))} ({utc})";
    }

    private static string About(AuditEvent happened)
    {
        var number = happened.Meeting is { } meeting ? $"meeting {AuditText.Plain(meeting)}" : null;
        var topic = happened.Target?.Name is { Length: > 0 } name ? AuditText.Quoted(name) : null;
        return (number, topic) is (null, null) ? "" : $": {string.Join(", ", new[] { number, topic }.OfType<string>())}";
    }

    private static string? Text(AuditEvent happened, string name) => Text(happened.Details, name);

    private static string? Setting(AuditEvent happened, string name, string section = "settings") =>
        Text(happened.Details?[section] as JsonObject, name);

    private static string? Text(JsonObject? details, string name) =>
        details?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static long? Number(AuditEvent happened, string name) =>
        happened.Details?[name] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number
            && long.TryParse(value.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
