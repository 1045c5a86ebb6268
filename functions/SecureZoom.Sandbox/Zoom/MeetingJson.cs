using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>Meetings in the shapes in which Zoom shows them, with all that is secret in them.</summary>
internal static class MeetingJson
{
    /// <summary>What a create and a read answer of a series: from a time on, or with what is past.</summary>
    public static JsonObject Full(ZoomMeeting meeting, DateTimeOffset from)
    {
        var json = Full(meeting);
        Recur(json, meeting, meeting.Occurrences.Where(occurrence => occurrence.StartTime.AddMinutes(occurrence.Duration) > from));
        return json;
    }

    /// <summary>What a read answers of one occurrence.</summary>
    public static JsonObject Full(ZoomMeeting meeting, ZoomOccurrence occurrence)
    {
        var settings = meeting.Settings.DeepClone().AsObject();
        foreach (var (name, value) in occurrence.Settings ?? [])
        {
            settings[name] = value?.DeepClone();
        }

        return Full(meeting with
        {
            StartTime = occurrence.StartTime,
            Duration = occurrence.Duration,
            Agenda = occurrence.Agenda ?? meeting.Agenda,
            Settings = settings,
        });
    }

    /// <summary>What a series has beyond other meetings.</summary>
    public static void Recur(JsonObject json, ZoomMeeting meeting, IEnumerable<ZoomOccurrence> occurrences)
    {
        if (meeting.Recurrence is { } recurrence)
        {
            json["recurrence"] = recurrence.DeepClone();
            json["occurrences"] = new JsonArray([.. occurrences.Select(Of)]);
        }
    }

    public static JsonObject Of(ZoomOccurrence occurrence) => new()
    {
        ["occurrence_id"] = occurrence.Id,
        ["start_time"] = Time(occurrence.StartTime),
        ["duration"] = occurrence.Duration,
        ["status"] = occurrence.IsDeleted ? "deleted" : "available",
    };

    /// <summary>A meeting without its occurrences.</summary>
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
    public static JsonObject InEvent(ZoomMeeting meeting)
    {
        var json = new JsonObject
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
        if (meeting.Type == 3)
        {
            json.Remove("start_time");
        }

        return json;
    }

    public static string JoinUrl(ZoomMeeting meeting) =>
        $"https://us05web.zoom.us/j/{meeting.Id}?pwd={meeting.EncryptedPassword}";

    /// <summary>Zoom's times: UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Something that looks like a ZAK or a download token, and opens nothing.</summary>
    public static string Token() => $"eyJ{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(60))}";
}
