using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>The body of <c>POST /api/meetings</c>, under Zoom's own names.</summary>
public sealed record CreateMeeting
{
    public required string Topic { get; init; }

    /// <summary>1 (instant) or 2 (scheduled); scheduled when left out.</summary>
    public int? Type { get; init; }

    /// <summary>UTC with a <c>Z</c>, or the wall clock's time in <see cref="Timezone"/> without one.</summary>
    public string? StartTime { get; init; }

    /// <summary>Minutes.</summary>
    public int? Duration { get; init; }

    /// <summary>An IANA time zone id.</summary>
    public string? Timezone { get; init; }

    public string? Agenda { get; init; }

    public MeetingSettings? Settings { get; init; }

    /// <summary>The Zoom user who shall host, by e-mail address; the caller when left out.</summary>
    public string? Host { get; init; }
}
