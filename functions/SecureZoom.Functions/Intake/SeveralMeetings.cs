using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Intake;

/// <summary>An event about several meetings at once, which may be several organisations'.</summary>
internal static class SeveralMeetings
{
    private const string Meetings = "meetings";
    private const string Uuids = "meeting_uuids";

    /// <summary>The event with some of its meetings alone.</summary>
    /// <param name="meetings">Their uuids, each with its meeting's number as far as that is known.</param>
    public static AuditEvent Only(AuditEvent auditEvent, IReadOnlyList<(string Uuid, string? Number)> meetings)
    {
        var uuids = meetings.Select(meeting => meeting.Uuid).ToHashSet(StringComparer.Ordinal);
        string[] numbers = [.. meetings.Select(meeting => meeting.Number).OfType<string>().Distinct()];
        // Of those without a number nobody can say whether two are one.
        var count = numbers.Length + meetings.Count(meeting => meeting.Number is null);
        var details = auditEvent.Details?.DeepClone().AsObject() ?? [];
        if (details["object"] is JsonObject about)
        {
            Keep(about, Uuids, uuids.Count, one => ZoomDetails.TextOf(one) is { } uuid && uuids.Contains(uuid));
            Keep(about, Meetings, uuids.Count, one => ZoomDetails.Text(one as JsonObject, "meeting_uuid") is { } uuid && uuids.Contains(uuid));
        }

        // Records are found by each meeting that they name here.
        details[Meetings] = new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]);
        if (count > numbers.Length)
        {
            details[$"{Meetings}_total"] = count;
        }

        return auditEvent with { Meeting = numbers is [var only] && count == 1 ? only : null, Details = details };
    }

    /// <param name="count">How many there are, of which a list that was cut has the first alone.</param>
    private static void Keep(JsonObject about, string name, int count, Func<JsonNode?, bool> isOne)
    {
        if (about[name] is JsonArray all)
        {
            JsonArray kept = [.. all.Where(isOne).Select(one => one?.DeepClone())];
            about[name] = kept;
            if (about.Remove($"{name}_total") && count > kept.Count)
            {
                about[$"{name}_total"] = count;
            }
        }
    }
}
