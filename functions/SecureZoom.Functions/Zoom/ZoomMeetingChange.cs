namespace SecureZoom.Functions.Zoom;

/// <summary>What we ask Zoom to create, or to change.</summary>
public sealed record ZoomMeetingChange
{
    public string? Topic { get; init; }

    public int? Type { get; init; }

    public string? StartTime { get; init; }

    public int? Duration { get; init; }

    public string? Timezone { get; init; }

    public string? Agenda { get; init; }

    public string? Password { get; init; }

    public ZoomMeetingSettings? Settings { get; init; }

    public override string ToString() => nameof(ZoomMeetingChange);
}
