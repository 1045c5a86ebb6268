namespace SecureZoom.Functions.Meetings;

/// <summary>Zoom's types of meetings that callers may create.</summary>
internal static class MeetingTypes
{
    public const int Instant = 1;
    public const int Scheduled = 2;
}
