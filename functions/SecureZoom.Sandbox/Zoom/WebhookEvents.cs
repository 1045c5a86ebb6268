using System.Globalization;
using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>
/// Zoom's envelopes. The number of a meeting is a JSON number where an app caused the event and a string where a
/// meeting's own course did: consumers meet both.
/// </summary>
internal sealed class WebhookEvents(string accountId, TimeProvider time)
{
    public JsonObject Created(ZoomMeeting meeting)
    {
        var shown = MeetingJson.InEvent(meeting);
        shown["join_url"] = MeetingJson.JoinUrl(meeting);
        shown["password"] = meeting.Password;
        shown["settings"] = meeting.Settings.DeepClone();
        MeetingJson.Recur(shown, meeting, meeting.Occurrences);
        return Operated("meeting.created", meeting, new() { ["operation"] = meeting.Recurrence is null ? "single" : "all", ["object"] = shown });
    }

    public JsonObject Updated(ZoomMeeting before, ZoomMeeting after)
    {
        var (old, changed) = (MeetingJson.Full(before), MeetingJson.Full(after));
        foreach (var (name, value) in MeetingJson.Full(before))
        {
            if (name is not ("id" or "uuid") && (name == "start_url" || JsonNode.DeepEquals(value, changed[name])))
            {
                old.Remove(name);
                changed.Remove(name);
            }
        }

        return Operated("meeting.updated", after, new()
        {
            ["scope"] = after.Recurrence is null ? "single" : "all",
            ["time_stamp"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ["object"] = changed,
            ["old_object"] = old,
        });
    }

    /// <summary>One occurrence was changed alone.</summary>
    public JsonObject Updated(ZoomMeeting meeting, ZoomOccurrence before, ZoomOccurrence after) => Operated("meeting.updated", meeting, new()
    {
        ["scope"] = "single",
        ["time_stamp"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
        ["object"] = new JsonObject { ["uuid"] = meeting.Uuid, ["id"] = meeting.Id, ["occurrences"] = new JsonArray(MeetingJson.Of(after)) },
        ["old_object"] = new JsonObject { ["uuid"] = meeting.Uuid, ["id"] = meeting.Id, ["occurrences"] = new JsonArray(MeetingJson.Of(before)) },
    });

    /// <param name="meeting">The meeting.</param>
    /// <param name="only">The occurrence that alone is deleted; null for the whole meeting.</param>
    public JsonObject Deleted(ZoomMeeting meeting, ZoomOccurrence? only)
    {
        var shown = MeetingJson.InEvent(meeting);
        if (only is not null)
        {
            shown["occurrences"] = new JsonArray(MeetingJson.Of(only));
        }

        return Operated(
            "meeting.deleted", meeting, new() { ["operation"] = only is null && meeting.Recurrence is not null ? "all" : "single", ["object"] = shown });
    }

    /// <summary>Some occurrences are back.</summary>
    public JsonObject Recovered(ZoomMeeting meeting, IReadOnlyList<ZoomOccurrence> back)
    {
        var shown = MeetingJson.InEvent(meeting);
        shown["occurrences"] = new JsonArray([.. back.Select(one => MeetingJson.Of(one with { IsDeleted = false }))]);
        return Operated("meeting.recovered", meeting, new() { ["operation"] = "single", ["object"] = shown });
    }

    public JsonObject Started(ZoomMeeting meeting) => InCourse("meeting.started", meeting, []);

    public JsonObject Ended(ZoomMeeting meeting) =>
        InCourse("meeting.ended", meeting, new() { ["end_time"] = MeetingJson.Time(time.GetUtcNow()) });

    /// <param name="meeting">The meeting.</param>
    /// <param name="hasJoined">Or has left.</param>
    /// <param name="participant">The members that make up Zoom's participant; missing ones are filled in.</param>
    public JsonObject Participant(ZoomMeeting meeting, bool hasJoined, JsonObject participant)
    {
        var shown = new JsonObject
        {
            ["user_id"] = "16778240",
            ["user_name"] = "Guest",
            ["id"] = "",
            ["participant_uuid"] = Guid.NewGuid().ToString("D").ToUpperInvariant(),
            ["email"] = "",
            [hasJoined ? "join_time" : "leave_time"] = MeetingJson.Time(time.GetUtcNow()),
        };
        if (!hasJoined)
        {
            shown["leave_reason"] = "left the meeting.";
        }

        foreach (var (name, value) in participant)
        {
            shown[name] = value?.DeepClone();
        }

        return InCourse(
            hasJoined ? "meeting.participant_joined" : "meeting.participant_left",
            meeting,
            new() { ["participant"] = shown });
    }

    public JsonObject RecordingCompleted(ZoomMeeting meeting)
    {
        var completed = Envelope("recording.completed", new() { ["object"] = RecordingJson.Of(meeting, meeting.RecordingsOf(meeting.LatestUuid), accountId) });
        completed["download_token"] = MeetingJson.Token();
        return completed;
    }

    private JsonObject Operated(string name, ZoomMeeting meeting, JsonObject payload)
    {
        payload["operator"] = meeting.HostEmail;
        payload["operator_id"] = meeting.HostId;
        return Envelope(name, payload);
    }

    private JsonObject InCourse(string name, ZoomMeeting meeting, JsonObject more)
    {
        var shown = MeetingJson.InEvent(meeting);
        shown["id"] = meeting.Id.ToString(CultureInfo.InvariantCulture);
        foreach (var (member, value) in more)
        {
            shown[member] = value?.DeepClone();
        }

        return Envelope(name, new() { ["object"] = shown });
    }

    private JsonObject Envelope(string name, JsonObject payload)
    {
        payload["account_id"] = accountId;
        return new()
        {
            ["event"] = name,
            ["payload"] = payload,
            ["event_ts"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }
}
