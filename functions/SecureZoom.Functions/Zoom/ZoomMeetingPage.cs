namespace SecureZoom.Functions.Zoom;

/// <summary>A page of a user's meetings, as Zoom answers it.</summary>
internal sealed record ZoomMeetingPage(IReadOnlyList<ZoomMeeting>? Meetings);
