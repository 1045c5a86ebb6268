using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>Recordings in Zoom's shape: whoever holds these addresses and tokens can download them.</summary>
internal static class RecordingJson
{
    /// <summary>All recordings of a meeting.</summary>
    public static JsonObject Of(ZoomMeeting meeting, string accountId) => new()
    {
        ["uuid"] = meeting.Uuid,
        ["id"] = meeting.Id,
        ["account_id"] = accountId,
        ["host_id"] = meeting.HostId,
        ["topic"] = meeting.Topic,
        ["type"] = meeting.Type,
        ["start_time"] = MeetingJson.Time(meeting.StartTime),
        ["duration"] = meeting.Duration,
        ["timezone"] = meeting.Timezone,
        ["total_size"] = meeting.Recordings.Sum(file => (long?)file["file_size"] ?? 0),
        ["recording_count"] = meeting.Recordings.Count,
        ["share_url"] = $"https://us05web.zoom.us/rec/share/{meeting.EncryptedPassword}",
        ["password"] = meeting.Password,
        ["recording_play_passcode"] = meeting.EncryptedPassword,
        ["recording_files"] = new JsonArray([.. meeting.Recordings.Select(file => file.DeepClone())]),
    };

    /// <summary>A new file of a meeting that ends now.</summary>
    public static JsonObject File(ZoomMeeting meeting, DateTimeOffset end)
    {
        return new()
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["meeting_id"] = meeting.Uuid,
            ["recording_start"] = MeetingJson.Time(end.AddMinutes(-meeting.Duration)),
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
