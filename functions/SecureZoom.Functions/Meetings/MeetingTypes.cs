namespace SecureZoom.Functions.Meetings;

/// <summary>Zoom's types of meetings that callers may create.</summary>
internal static class MeetingTypes
{
    public const int Instant = 1;
    public const int Scheduled = 2;

    /// <summary>A series without times: it is held whenever somebody starts it.</summary>
    public const int RecurringWithoutTimes = 3;

    /// <summary>A series with fixed times.</summary>
    public const int Recurring = 8;
}
