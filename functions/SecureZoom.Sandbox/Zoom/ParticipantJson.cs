using System.Globalization;
using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>Those who were in a meeting, as Zoom lists them once it has ended.</summary>
internal static class ParticipantJson
{
    /// <param name="participant">What the event says of who came.</param>
    public static JsonObject Joined(JsonObject participant, DateTimeOffset now) => new()
    {
        ["id"] = participant["id"]?.ToString() ?? "",
        ["name"] = participant["user_name"]?.ToString() ?? "Guest",
        ["user_id"] = participant["user_id"]?.ToString() ?? "16778240",
        ["registrant_id"] = "",
        ["user_email"] = participant["email"]?.ToString() ?? "",
        ["join_time"] = MeetingJson.Time(now),
        ["failover"] = false,
        ["status"] = "in_meeting",
    };

    /// <summary>One who is gone by then; one who left before stays as he was.</summary>
    public static JsonObject Left(JsonObject joined, DateTimeOffset now)
    {
        var left = joined.DeepClone().AsObject();
        if (left["leave_time"] is null)
        {
            left["leave_time"] = MeetingJson.Time(now);
            left["duration"] = (int)(now - DateTimeOffset.Parse((string)left["join_time"]!, CultureInfo.InvariantCulture)).TotalSeconds;
        }

        return left;
    }
}
