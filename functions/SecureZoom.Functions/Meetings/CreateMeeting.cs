using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>The body of <c>POST /api/meetings</c>, under Zoom's own names.</summary>
public sealed record CreateMeeting : MeetingDescription
{
    public override required string? Topic
    {
        get => base.Topic;
        init => base.Topic = value;
    }

    /// <summary>One of <see cref="MeetingTypes"/>; scheduled when left out.</summary>
    public int? Type { get; init; }

    public MeetingSettings? Settings { get; init; }

    /// <summary>The Zoom user who shall host, by e-mail address; the caller when left out.</summary>
    public string? Host { get; init; }
}
