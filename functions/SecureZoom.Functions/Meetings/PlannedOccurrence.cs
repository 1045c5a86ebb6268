using System.Globalization;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>An occurrence of a series that takes place, and when.</summary>
internal sealed record PlannedOccurrence(MeetingOccurrence Occurrence, DateTimeOffset Start, DateTimeOffset Ends)
{
    /// <summary>When the series has it, whether or not it alone was moved: its id says so.</summary>
    public DateTimeOffset First =>
        long.TryParse(Occurrence.OccurrenceId, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : Start;

    /// <summary>The occurrences of a series that are not deleted, by time; none of what is no series with times.</summary>
    public static IReadOnlyList<PlannedOccurrence> Of(MeetingSnapshot meeting) => meeting.Type != MeetingTypes.Recurring
        ? []
        : [.. (meeting.Occurrences ?? []).Where(occurrence => !occurrence.IsDeleted)
            .Select(occurrence => (Occurrence: occurrence, Start: MeetingTimes.StartOf(occurrence)))
            .Where(one => one.Start is not null)
            .Select(one => new PlannedOccurrence(
                one.Occurrence, one.Start!.Value, one.Start.Value + MeetingTimes.LengthOf(one.Occurrence.Duration ?? meeting.Duration)))
            .OrderBy(one => one.Start)];
}
