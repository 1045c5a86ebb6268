using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>Meetings in the shapes in which Zoom shows them, with all that is secret in them.</summary>
internal static class MeetingJson
{
    /// <summary>What a create and a read answer.</summary>
    public static JsonObject Full(ZoomMeeting meeting)
    {
        var json = Listed(meeting);
        json["host_email"] = meeting.HostEmail;
        json["status"] = meeting.IsStarted ? "started" : "waiting";
        json["start_url"] = $"https://us05web.zoom.us/s/{meeting.Id}?zak={Token()}";
        json["password"] = meeting.Password;
        json["encrypted_password"] = meeting.EncryptedPassword;
        json["pstn_password"] = meeting.NumericPassword;
        json["h323_password"] = meeting.NumericPassword;
        json["settings"] = meeting.Settings.DeepClone();
        json["creation_source"] = "open_api";
        json["pre_schedule"] = false;
        return json;
    }

    /// <summary>A line of a list.</summary>
    public static JsonObject Listed(ZoomMeeting meeting)
    {
        var json = InEvent(meeting);
        json["agenda"] = meeting.Agenda;
        json["created_at"] = Time(meeting.CreatedAt);
        json["join_url"] = JoinUrl(meeting);
        return json;
    }

    /// <summary>The part that all events show.</summary>
    public static JsonObject InEvent(ZoomMeeting meeting) => new()
    {
        ["uuid"] = meeting.Uuid,
        ["id"] = meeting.Id,
        ["host_id"] = meeting.HostId,
        ["topic"] = meeting.Topic,
        ["type"] = meeting.Type,
        ["start_time"] = Time(meeting.StartTime),
        ["duration"] = meeting.Duration,
        ["timezone"] = meeting.Timezone,
    };

    public static string JoinUrl(ZoomMeeting meeting) =>
        $"https://us05web.zoom.us/j/{meeting.Id}?pwd={meeting.EncryptedPassword}";

    /// <summary>Zoom's times: UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Something that looks like a ZAK or a download token, and opens nothing.</summary>
    public static string Token() => $"eyJ{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(60))}";
}
