using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>What the record of refusals holds of the meetings that were asked for, and how it is read again.</summary>
internal static class Denial
{
    /// <summary>How many different meetings one record names.</summary>
    public const int MaxMeetings = 50;

    private const string Meetings = "meetings";

    /// <param name="function">The function that refused.</param>
    /// <param name="count">How many refusals the record is of.</param>
    /// <param name="meetings">The meetings that it names where they are several.</param>
    /// <param name="unnamed">How many refusals were for meetings that it does not name.</param>
    public static JsonObject Details(string function, int count, IReadOnlyList<string> meetings, int unnamed)
    {
        var details = new JsonObject { ["function"] = function, ["count"] = count };
        if (meetings.Count > 1)
        {
            details[Meetings] = new JsonArray([.. meetings.Select(meeting => JsonValue.Create(meeting))]);
        }

        if (unnamed > 0)
        {
            details["unnamed"] = unnamed;
        }

        return details;
    }

    /// <summary>Every meeting that a record is about, as typed.</summary>
    public static IEnumerable<string> MeetingsOf(string? meeting, JsonObject? details)
    {
        var several = details?[Meetings] is JsonArray array ? array.OfType<JsonValue>() : [];
        var named = several.Select(one => one.TryGetValue<string>(out var typed) ? typed : null);
        return named.Append(meeting).OfType<string>();
    }
}
