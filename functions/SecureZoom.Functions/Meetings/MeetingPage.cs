namespace SecureZoom.Functions.Meetings;

/// <summary>A page of meetings, in the order of the list.</summary>
/// <param name="Last">The place that the next page begins behind; null when none follows.</param>
public sealed record MeetingPage(IReadOnlyList<RegisteredMeeting> Meetings, string? Last)
{
    /// <summary>The time up to which the list was looked through.</summary>
    internal DateTimeOffset? LookedTo => Last is null ? null : MeetingPlaces.TimeOf(Last);
}
