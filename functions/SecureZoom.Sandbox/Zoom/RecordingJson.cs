using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>Recordings in Zoom's shape: whoever holds these addresses and tokens can download them.</summary>
internal static class RecordingJson
{
    /// <summary>The recordings of an instance.</summary>
    public static JsonObject Of(ZoomMeeting meeting, IReadOnlyList<JsonObject> files, string accountId) => new()
    {
        ["uuid"] = files[0]["meeting_id"]?.DeepClone(),
        ["id"] = meeting.Id,
        ["account_id"] = accountId,
        ["host_id"] = meeting.HostId,
        ["topic"] = meeting.Topic,
        ["type"] = meeting.Type,
        ["start_time"] = MeetingJson.Time(meeting.StartTime),
        ["duration"] = meeting.Duration,
        ["timezone"] = meeting.Timezone,
        ["total_size"] = files.Sum(file => (long?)file["file_size"] ?? 0),
        ["recording_count"] = files.Count,
        ["share_url"] = $"https://us05web.zoom.us/rec/share/{meeting.EncryptedPassword}",
        ["password"] = meeting.Password,
        ["recording_play_passcode"] = meeting.EncryptedPassword,
        ["recording_files"] = new JsonArray([.. files.Select(file => file.DeepClone())]),
    };

    /// <summary>A new file of a meeting that ends now.</summary>
    public static JsonObject File(ZoomMeeting meeting, DateTimeOffset end)
    {
        var start = end.AddMinutes(-meeting.Duration);
        return new()
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["meeting_id"] = meeting.LatestUuid,
            ["recording_start"] = MeetingJson.Time(start < meeting.CreatedAt ? meeting.CreatedAt : start),
            ["recording_end"] = MeetingJson.Time(end),
            ["file_type"] = "MP4",
            ["file_extension"] = "MP4",
            ["file_size"] = 1_048_576L,
            ["play_url"] = $"https://us05web.zoom.us/rec/play/{MeetingJson.Token()}",
            ["download_url"] = $"https://us05web.zoom.us/rec/download/{MeetingJson.Token()}",
            ["status"] = "completed",
            ["recording_type"] = "shared_screen_with_speaker_view",
        };
    }
}
