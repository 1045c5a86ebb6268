using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>What the registry keeps of a meeting, so that lists need no call to Zoom: no passcode, no address to join at.</summary>
public sealed record MeetingSnapshot
{
    public string? Uuid { get; init; }

    public string? Topic { get; init; }

    public string? Agenda { get; init; }

    public int Type { get; init; }

    public string? Status { get; init; }

    public string? StartTime { get; init; }

    public int? Duration { get; init; }

    public string? Timezone { get; init; }

    public string? CreatedAt { get; init; }

    public string? HostEmail { get; init; }

    public MeetingSettings? Settings { get; init; }

    public static MeetingSnapshot Of(ZoomMeeting meeting) => new()
    {
        Uuid = meeting.Uuid,
        Topic = meeting.Topic,
        Agenda = meeting.Agenda,
        Type = meeting.Type,
        Status = meeting.Status,
        StartTime = meeting.StartTime,
        Duration = meeting.Duration,
        Timezone = meeting.Timezone,
        CreatedAt = meeting.CreatedAt,
        HostEmail = meeting.HostEmail,
        Settings = meeting.Settings,
    };
}
