namespace SecureZoom.Functions.Zoom;

/// <summary>A meeting as Zoom answers it, as far as we look at it; what is not named here never gets in.</summary>
public sealed record ZoomMeeting
{
    public required long Id { get; init; }

    public string? Uuid { get; init; }

    public string? HostEmail { get; init; }

    public string? Topic { get; init; }

    public string? Agenda { get; init; }

    public int Type { get; init; }

    public string? Status { get; init; }

    public string? StartTime { get; init; }

    public int? Duration { get; init; }

    public string? Timezone { get; init; }

    public string? CreatedAt { get; init; }

    public string? JoinUrl { get; init; }

    public string? Password { get; init; }

    public MeetingSettings? Settings { get; init; }

    public override string ToString() => $"Meeting {Id}";
}
