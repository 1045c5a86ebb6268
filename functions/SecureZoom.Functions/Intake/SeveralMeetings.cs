using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Intake;

/// <summary>An event about several meetings at once, which may be several organisations'.</summary>
internal static class SeveralMeetings
{
    private const string Meetings = "meetings";
    private const string Uuids = "meeting_uuids";

    /// <summary>The event with some of its meetings alone.</summary>
    /// <param name="numbers">As far as they are known.</param>
    public static AuditEvent Only(AuditEvent auditEvent, IReadOnlyCollection<string> uuids, IReadOnlyList<string> numbers)
    {
        var details = auditEvent.Details?.DeepClone().AsObject() ?? [];
        if (details["object"] is JsonObject about)
        {
            Keep(about, Uuids, one => uuids.Contains((string?)one));
            Keep(about, Meetings, one => uuids.Contains((string?)one?["meeting_uuid"]));
        }

        // Records are found by each meeting that they name here.
        details[Meetings] = new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]);
        return auditEvent with { Meeting = numbers is [var only] ? only : null, Details = details };
    }

    private static void Keep(JsonObject about, string name, Func<JsonNode?, bool> isOne)
    {
        if (about[name] is JsonArray all)
        {
            about[name] = new JsonArray([.. all.Where(isOne).Select(one => one?.DeepClone())]);
            about.Remove($"{name}_total");
        }
    }
}
