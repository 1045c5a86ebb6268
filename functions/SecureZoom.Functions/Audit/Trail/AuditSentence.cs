using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// The sentence that a person reads in the trail, such as <c>Alice from Marketing (Acme Corp) created a 60-minute meeting with
/// recording enabled at 2:30 PM EST (2026-11-24 19:30:00 UTC): meeting 85012345678, "Planning".</c>
/// </summary>
internal static class AuditSentence
{
    /// <summary>The <c>format</c> of a reading of findings.</summary>
    public const string Findings = "findings";

    private const string Whole = "a meeting";

    /// <summary>No zone is further from UTC; nearer to the ends of time there is none.</summary>
    private static readonly TimeSpan MostOffset = TimeSpan.FromDays(1);

    private static readonly ZonedDateTimePattern Local =
        ZonedDateTimePattern.CreateWithInvariantCulture("h:mm tt x", DateTimeZoneProviders.Tzdb);

    /// <param name="isNamesake">Whether the name that the actor goes by is another person's of the organisation.</param>
    public static string Of(AuditEvent auditEvent, bool isNamesake = false)
    {
        var who = Who(auditEvent.Actor, isNamesake);
        if (IdentitySentence.What(auditEvent) is { } identity)
        {
            return $"{who} {identity} {When(auditEvent)}.";
        }

        var told = auditEvent is { Source: AuditSources.Zoom, Outcome: AuditOutcomes.Success }
            ? $"{ZoomSentence.Of(auditEvent, who)}, as Zoom tells"
            : $"{who} {What(auditEvent)}{(auditEvent.Source == AuditSources.App ? "" : ", as Zoom tells")}";
        return $"{told} {When(auditEvent)}{About(auditEvent)}.";
    }

    private static string Who(AuditActor actor, bool isNamesake)
    {
        var name = actor switch
        {
            { Erased: true } => AuditText.Erased,
            { Name: { Length: > 0 } called } => isNamesake ? AuditText.Quoted(called) : AuditText.Named(called),
            // Guests tell Zoom what they like.
            { Type: AuditActorTypes.Participant, Email: { Length: > 0 } email } => AuditText.Quoted(email),
            { Email: { Length: > 0 } email } => AuditText.Address(email),
            { Type: AuditActorTypes.ZoomUser } => AuditText.ZoomUser,
            { Subject: { Length: > 0 } subject } => AuditText.Named(subject),
            _ => "Somebody",
        };
        var department = actor.Department is { } from ? $" from {AuditText.Named(from)}" : "";
        var organization = actor.OrganizationName is { } of ? $" ({AuditText.Named(of)})" : "";
        return $"{name}{department}{organization}";
    }

    private static string What(AuditEvent auditEvent) => auditEvent.Outcome switch
    {
        AuditOutcomes.Intent => $"set out to {Verb(auditEvent.Action)} {Object(auditEvent)}",
        AuditOutcomes.Failure => $"could not {Verb(auditEvent.Action)} {Object(auditEvent)} ({Reason(auditEvent)})",
        AuditOutcomes.Denied => $"was refused {AuditText.Quoted(Text(auditEvent, "function") ?? auditEvent.Action)} ({Reason(auditEvent)}){Count(auditEvent)}",
        _ => Deed(auditEvent),
    };

    private static string Deed(AuditEvent auditEvent) => auditEvent.Action switch
    {
        AuditActions.SignatureIssued => $"got a signature to join a meeting as {Role(auditEvent, "role")}{LoweredRole(auditEvent)}{WithPasscode(auditEvent)}",
        AuditActions.PasscodeChanged => "changed the passcode of a meeting",
        AuditActions.MeetingStatusRead => "looked whether a meeting runs",
        AuditActions.MeetingRecordingsRead => "read which recordings there are of a meeting",
        AuditActions.MeetingParticipantsRead => "read who was in a meeting",
        AuditActions.PasscodeIssued => "got the passcode of a meeting",
        AuditActions.InvitationCreated => $"invited {AuditText.Quoted(Text(auditEvent, "organization") ?? Text(auditEvent, "email") ?? "somebody")} to a meeting",
        AuditActions.InvitationWithdrawn => "withdrew an invitation to a meeting",
        AuditActions.AuditGap => $"missed {Number(auditEvent, "count")} events that never came off the queue",
        AuditActions.AuditErased => $"erased a person: {Number(auditEvent, "count")} parts of {Number(auditEvent, "records")} records",
        AuditActions.AuditErasureRequested => "asked for a person to be erased",
        AuditActions.AuditErasureWithdrawn => "withdrew that a person is erased",
        AuditActions.AuditHoldAdded => "put what must not be erased on hold",
        AuditActions.AuditHoldRemoved => "lifted a hold on what must not be erased",
        AuditActions.AuditLetGo => $"let go of records {Number(auditEvent, "first")} to {Number(auditEvent, "last")}",
        AuditActions.AuditOrganizationLeft => $"let go of the whole trail of {AuditText.Quoted(Text(auditEvent, "organization") ?? "an organisation")}",
        AuditActions.CustomerAdded => $"wrote down what {AuditText.Quoted(Text(auditEvent, "organization") ?? "an organisation")} has of its own",
        AuditActions.CustomerRemoved => $"took out what {AuditText.Quoted(Text(auditEvent, "organization") ?? "an organisation")} had of its own",
        AuditActions.AuditTold => "told a person what is kept of them",
        AuditActions.AuditExported => $"exported {Trail(auditEvent)}",
        AuditActions.AuditRead when Text(auditEvent, "format") == Findings => $"read what was found wrong with {Trail(auditEvent)}",
        AuditActions.AuditRead => $"read {Trail(auditEvent)}",
        AuditActions.AuditVerified => $"had {Trail(auditEvent)} verified",
        AuditActions.AuditProofRead => $"read proofs of {Trail(auditEvent)}",
        AuditActions.AuditFindingsKnown => "said that findings about the audit trail are known",
        AuditActions.MeetingCreated => $"created {Object(auditEvent)}",
        AuditActions.MeetingUpdated => $"changed {ZoomSentence.Changes(auditEvent.Details)}{Meeting(auditEvent)}",
        AuditActions.MeetingDeleted => $"deleted {Meeting(auditEvent)}",
        AuditActions.MeetingEnded => $"ended {Meeting(auditEvent)}",
        _ => $"did {AuditText.Quoted(auditEvent.Action)}",
    };

    private static string Trail(AuditEvent auditEvent) => auditEvent.Target?.Id is { } id ? $"the audit trail of {AuditText.Quoted(id)}" : "the audit trail";

    /// <summary>The verb of an action that is named by what was asked for: <c>meeting.create</c>.</summary>
    private static string Verb(string action)
    {
        if (OwnVerb(action) is { } own)
        {
            return own;
        }

        var verb = action[(action.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return verb.All(char.IsAsciiLetterLower) ? verb : AuditText.Quoted(action);
    }

    private static string? OwnVerb(string action) => action switch
    {
        AuditActions.AuditErasureRequest => "ask for",
        AuditActions.AuditErasureWithdraw => "withdraw",
        AuditActions.CustomerAdd => "write down",
        AuditActions.CustomerRemove => "take out",
        _ => null,
    };

    private static string Object(AuditEvent auditEvent)
    {
        if (auditEvent.Action is AuditActions.CustomerAdd or AuditActions.CustomerRemove)
        {
            return $"what {AuditText.Quoted(Text(auditEvent, "organization") ?? "an organisation")} has of its own";
        }

        if (auditEvent.Action.StartsWith("invitation.", StringComparison.Ordinal))
        {
            return "an invitation to a meeting";
        }

        if (auditEvent.Action.StartsWith("passcode.", StringComparison.Ordinal))
        {
            return "the passcode of a meeting";
        }

        if (auditEvent.Action is AuditActions.AuditErasureRequest or AuditActions.AuditErasureWithdraw)
        {
            return "a person's erasure";
        }

        if (Meeting(auditEvent) is not Whole and var occurrence)
        {
            return occurrence;
        }

        var minutes = Number(auditEvent, "duration") is { } duration
            ? string.Create(CultureInfo.InvariantCulture, $"{duration}-minute ")
            : "";
        var recording = Setting(auditEvent, "auto_recording") is "cloud" or "local" ? " with recording enabled" : "";
        return $"{(StartsWithVowelSound(minutes) ? "an" : "a")} {minutes}meeting{recording}";
    }

    private static string Meeting(AuditEvent auditEvent) => auditEvent.Details?["occurrence_id"] is null ? Whole : "an occurrence of a meeting";

    /// <summary>8, 11, 18 and 80 to 89, with what follows them in thousands.</summary>
    private static bool StartsWithVowelSound(string minutes) =>
        minutes.StartsWith('8') || minutes.StartsWith("11-", StringComparison.Ordinal) || minutes.StartsWith("18-", StringComparison.Ordinal);

    private static string LoweredRole(AuditEvent auditEvent) =>
        Number(auditEvent, "requestedRole") is 1 && Number(auditEvent, "role") is 0 ? $", having asked to host ({Reason(auditEvent)})" : "";

    private static string WithPasscode(AuditEvent auditEvent) =>
        auditEvent.Details?["passcode"] is JsonValue shown && shown.TryGetValue<bool>(out var isShown) && isShown ? ", and its passcode" : "";

    private static string Role(AuditEvent auditEvent, string name) => Number(auditEvent, name) is 1 ? "host" : "participant";

    private static string Reason(AuditEvent auditEvent) => (auditEvent.Reason ?? "no reason given").Replace('_', ' ');

    private static string Count(AuditEvent auditEvent) =>
        Number(auditEvent, "count") is { } count and > 1 ? string.Create(CultureInfo.InvariantCulture, $", {count} times") : "";

    /// <summary>The time in the meeting's time zone, where one is known, and in UTC.</summary>
    private static string When(AuditEvent auditEvent)
    {
        var utc = auditEvent.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        var zone = (Text(auditEvent, "timezone") ?? Setting(auditEvent, "timezone", "object")) is { } id
            ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
            : null;
        var isAtAnEnd = auditEvent.OccurredAt - DateTimeOffset.MinValue < MostOffset || DateTimeOffset.MaxValue - auditEvent.OccurredAt < MostOffset;
        return zone is null || isAtAnEnd
            ? $"at {utc}"
            : $"at {Local.Format(Instant.FromDateTimeOffset(auditEvent.OccurredAt).InZone(zone))} ({utc})";
    }

    private static string About(AuditEvent auditEvent)
    {
        var isMeeting = auditEvent.Source == AuditSources.App || auditEvent.Target is { Type: "meeting" or "webinar" };
        var noun = auditEvent.Target is { Type: "webinar" } ? "webinar" : "meeting";
        var id = auditEvent.Meeting ?? (auditEvent.Source == AuditSources.Zoom && isMeeting ? auditEvent.Target?.Id : null);
        var number = id is { } meeting ? $"{noun} {AuditText.Number(meeting)}" : null;
        var topic = isMeeting && auditEvent.Target?.Name is { Length: > 0 } name ? AuditText.Quoted(name) : null;
        return (number, topic) is (null, null) ? "" : $": {string.Join(", ", new[] { number, topic }.OfType<string>())}";
    }

    private static string? Text(AuditEvent auditEvent, string name) => Text(auditEvent.Details, name);

    private static string? Setting(AuditEvent auditEvent, string name, string section = "settings") =>
        Text(auditEvent.Details?[section] as JsonObject, name);

    private static string? Text(JsonObject? details, string name) =>
        details?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static long? Number(AuditEvent auditEvent, string name) =>
        auditEvent.Details?[name] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number
            && long.TryParse(value.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
