namespace SecureZoom.Functions.Zoom;

/// <summary>What we ask Zoom to create, or to change.</summary>
public sealed record ZoomMeetingChange : MeetingDescription
{
    public ZoomMeetingChange()
    {
    }

    /// <summary>The description that was asked for, and nothing else of the request.</summary>
    public ZoomMeetingChange(MeetingDescription request)
        : base(request)
    {
    }

    public int? Type { get; init; }

    public string? Password { get; init; }

    public ZoomMeetingSettings? Settings { get; init; }

    public override string ToString() => nameof(ZoomMeetingChange);
}
