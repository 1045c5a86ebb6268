namespace SecureZoom.Functions.Zoom;

/// <summary>Settings as we send them to Zoom: the caller's, and what no caller may change.</summary>
public sealed record ZoomMeetingSettings : MeetingSettings
{
    public ZoomMeetingSettings(MeetingSettings settings)
        : base(settings)
    {
    }

    /// <summary>A personal meeting id is the same for every meeting, so whoever was once invited could come back.</summary>
    /// <remarks>Null for one occurrence, of which Zoom lets it be chosen as little as others do.</remarks>
    public bool? UsePmi { get; init; } = false;
}
