using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>A meeting as callers see it. Built member by member: what Zoom adds stays outside.</summary>
public sealed record MeetingView
{
    public required long Id { get; init; }

    public string? Uuid { get; init; }

    public string? Topic { get; init; }

    public string? Agenda { get; init; }

    public int? Type { get; init; }

    public string? Status { get; init; }

    public string? StartTime { get; init; }

    /// <summary>Minutes.</summary>
    public int? Duration { get; init; }

    public string? Timezone { get; init; }

    public string? CreatedAt { get; init; }

    public string? HostEmail { get; init; }

    public MeetingSettings? Settings { get; init; }

    public MeetingPermissions? Permissions { get; init; }

    /// <summary>The passcode; only where a call is made for it.</summary>
    public string? Password { get; init; }

    /// <summary>For the host only: it leads past us.</summary>
    public string? JoinUrl { get; init; }

    public override string ToString() => $"Meeting {Id}";
}
