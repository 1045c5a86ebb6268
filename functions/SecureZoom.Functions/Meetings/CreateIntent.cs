using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>A meeting that an organisation was about to create at Zoom.</summary>
/// <param name="Host">The Zoom user who hosts it, by e-mail address.</param>
public sealed record CreateIntent(string Organization, string Host, string? Topic)
{
    /// <summary>Whether a meeting can be the one that was meant.</summary>
    public bool Fits(ZoomMeeting meeting) =>
        meeting.Topic == Topic && EmailAddress.Parse(meeting.HostEmail) is { } host && host == EmailAddress.Parse(Host);
}
