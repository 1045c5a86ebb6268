using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>The body of <c>PATCH /api/meetings/{id}</c>: what is left out stays as it is.</summary>
public sealed record UpdateMeeting : MeetingDescription
{
    public MeetingSettings? Settings { get; init; }
}
