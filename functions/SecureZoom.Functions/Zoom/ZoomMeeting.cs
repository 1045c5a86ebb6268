namespace SecureZoom.Functions.Zoom;

/// <summary>A meeting as Zoom answers it, as far as we look at it; what is not named here never gets in.</summary>
public sealed record ZoomMeeting : MeetingSnapshot
{
    public required long Id { get; init; }

    public string? JoinUrl { get; init; }

    public string? Password { get; init; }

    public override string ToString() => $"Meeting {Id}";
}
