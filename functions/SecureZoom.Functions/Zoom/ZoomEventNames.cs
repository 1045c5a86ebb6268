namespace SecureZoom.Functions.Zoom;

/// <summary>Those of Zoom's events that something follows from, by Zoom's names.</summary>
internal static class ZoomEventNames
{
    public const string MeetingCreated = "meeting.created";
    public const string MeetingUpdated = "meeting.updated";
    public const string MeetingStarted = "meeting.started";
    public const string MeetingEnded = "meeting.ended";
    public const string MeetingDeleted = "meeting.deleted";
    public const string MeetingRecovered = "meeting.recovered";
    public const string WebinarCreated = "webinar.created";
    public const string WebinarStarted = "webinar.started";
    public const string AppDeauthorized = "app_deauthorized";
}
