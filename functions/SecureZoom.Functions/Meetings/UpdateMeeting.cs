using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>The body of <c>PATCH /api/meetings/{id}</c>: what is left out stays as it is.</summary>
public sealed record UpdateMeeting
{
    public string? Topic { get; init; }

    /// <summary>As in <see cref="CreateMeeting.StartTime"/>.</summary>
    public string? StartTime { get; init; }

    /// <summary>Minutes.</summary>
    public int? Duration { get; init; }

    /// <summary>An IANA time zone id.</summary>
    public string? Timezone { get; init; }

    public string? Agenda { get; init; }

    public MeetingSettings? Settings { get; init; }
}
