using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Zoom;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Meetings;

/// <summary>
/// Which of Zoom's events echoes something that was done here. One that somebody may have caused at Zoom itself echoes nothing: a create is
/// known by its uuid; all else must have happened while Zoom was asked or just after it, and what Zoom says has changed must be what was asked for.
/// </summary>
public sealed class MeetingEchoes(MeetingRegistry registry)
{
    private const string StartTime = "start_time";

    /// <summary>Zoom tells whole milliseconds.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    /// <summary>How long after its answer Zoom may still be at it, clocks included.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(10);

    /// <summary>The event with the operation that it echoes, where it does.</summary>
    internal async Task<AuditEvent> MarkAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (auditEvent is not
            {
                Source: AuditSources.Zoom,
                Action: ZoomEventNames.MeetingCreated or ZoomEventNames.MeetingUpdated or ZoomEventNames.MeetingDeleted or ZoomEventNames.MeetingEnded,
            }
            || !MeetingNumber.TryParse(auditEvent.Meeting, spaced: false, out var number))
        {
            return auditEvent;
        }

        var done = await registry.FindOperationsAsync(organization, number, cancellationToken);
        // What may be the echo of two is nobody's: a wrong tie is worse than none.
        return done.Where(operation => IsEcho(operation, auditEvent)).Take(2).ToList() is [var echoed] ? auditEvent with { Operation = echoed.Id } : auditEvent;
    }

    internal static bool IsEcho(MeetingOperation operation, AuditEvent auditEvent)
    {
        if (auditEvent.Action != operation.Echo)
        {
            return false;
        }

        var about = auditEvent.Details?["object"] as JsonObject;
        var one = about?["occurrences"] is JsonArray { Count: 1 } occurrences ? occurrences[0] as JsonObject : null;
        if (operation.OccurrenceId is { } id)
        {
            return IsDuring(operation, auditEvent)
                && one is not null
                && (operation.Echo == ZoomEventNames.MeetingDeleted
                    ? ZoomDetails.TextOf(one["occurrence_id"]) == id
                    : IsAsked(operation, MeetingValues.Of(about!).Concat(MeetingValues.Of(one, MeetingValues.Occurrence)).ToDictionary(StringComparer.Ordinal), auditEvent.Details!)
                        && (ZoomDetails.TextOf(one["occurrence_id"]) == id || IsMoved(operation, one)));
        }

        return operation.Echo switch
        {
            ZoomEventNames.MeetingCreated => operation.Uuid is { Length: > 0 } uuid && ZoomDetails.TextOf(about?["uuid"]) == uuid,
            ZoomEventNames.MeetingUpdated => IsDuring(operation, auditEvent) && about is not null && IsAsked(operation, Told(about, auditEvent.Whose), auditEvent.Details!),
            ZoomEventNames.MeetingDeleted => IsDuring(operation, auditEvent) && about?["occurrences"] is not JsonArray { Count: > 0 },
            _ => IsDuring(operation, auditEvent),
        };
    }

    /// <summary>What an event says a meeting is: also of its passcode, which no trail has, and of a series' occurrences together.</summary>
    private static Dictionary<string, string> Told(JsonObject about, EventOwner? whose)
    {
        var told = MeetingValues.Of(about);
        foreach (var (name, value) in new[] { (MeetingValues.Passcode, whose?.Passcode), (MeetingValues.Occurrences, MeetingValues.OccurrencesOf(about)) })
        {
            if (value is not null)
            {
                told[name] = value;
            }
        }

        return told;
    }

    private static bool IsDuring(MeetingOperation operation, AuditEvent auditEvent) =>
        auditEvent.OccurredAt >= operation.AskedAt - Rounding && auditEvent.OccurredAt <= operation.AnsweredAt + After;

    /// <summary>Whether all that has changed was asked for, and is as asked.</summary>
    private static bool IsAsked(MeetingOperation operation, Dictionary<string, string> now, JsonObject details)
    {
        if (operation.Asked is not { } asked || details["changed"] is not JsonArray { Count: > 0 } changed || details["changed_total"] is not null)
        {
            return false;
        }

        return changed.Select(ZoomDetails.TextOf).All(name =>
            name is not null
            && (name.StartsWith(MeetingValues.Recurrence, StringComparison.Ordinal)
                ? IsRepeating(asked, now)
                : asked.TryGetValue(name, out var wanted) && now.TryGetValue(name, out var value) && IsSame(name, wanted, value, asked)));
    }

    /// <summary>How a series repeats is changed as a whole, and the trail does not keep it: it is as asked where all its occurrences are those that came of it.</summary>
    private static bool IsRepeating(IReadOnlyDictionary<string, string> asked, Dictionary<string, string> now) =>
        asked.Keys.Any(name => name.StartsWith(MeetingValues.Recurrence, StringComparison.Ordinal))
        && asked.TryGetValue(MeetingValues.Occurrences, out var wanted) && now.TryGetValue(MeetingValues.Occurrences, out var told) && wanted == told;

    /// <summary>Zoom does not say whether an occurrence that is moved keeps its id.</summary>
    private static bool IsMoved(MeetingOperation operation, JsonObject one) =>
        operation.Asked?.GetValueOrDefault(StartTime) is { } wanted && ZoomDetails.TextOf(one[StartTime]) is { } start && IsSame(StartTime, wanted, start, operation.Asked);

    /// <summary>Zoom tells times in UTC, however they were asked for.</summary>
    private static bool IsSame(string name, string wanted, string value, IReadOnlyDictionary<string, string> asked) =>
        wanted == value || (name.EndsWith(StartTime, StringComparison.Ordinal) && At(wanted, asked.GetValueOrDefault("timezone")) is { } at && at == At(value, null));

    private static DateTimeOffset? At(string time, string? timezone) => MeetingTimes.StartOf(new UpdateMeeting { StartTime = time, Timezone = timezone });
}
