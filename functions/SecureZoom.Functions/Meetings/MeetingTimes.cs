using System.Globalization;
using NodaTime;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>When a meeting is, from what Zoom, or somebody who plans one, says of it.</summary>
internal static class MeetingTimes
{
    /// <summary>Zoom's, where nobody says how long.</summary>
    private const int DefaultMinutes = 60;

    /// <summary>The longest that Zoom lets a meeting run, of any plan: after that it has ended, whether or not anybody told us.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromHours(30);

    /// <summary>The longest that a meeting is planned for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>When it starts: UTC where the text has an offset, else the wall clock's time in its zone; null where it says nothing.</summary>
    public static DateTimeOffset? StartOf(MeetingDescription meeting)
    {
        if (!DateTime.TryParse(meeting.StartTime, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return null;
        }

        if (time.Kind != DateTimeKind.Unspecified)
        {
            return new DateTimeOffset(time.ToUniversalTime());
        }

        return ZoneOf(meeting) is { } zone
            ? zone.AtLeniently(LocalDateTime.FromDateTime(time)).ToDateTimeOffset().ToUniversalTime()
            : new DateTimeOffset(time, TimeSpan.Zero);
    }

    /// <summary>
    /// A change of how a series repeats, with the time from which that counts: where none goes with it, Zoom counts from the last occurrence.
    /// That is the first time that is yet to come, as the series has it, also where that occurrence alone was moved.
    /// </summary>
    public static UpdateMeeting WithStart(MeetingSnapshot series, UpdateMeeting change, DateTimeOffset now)
    {
        if (change is not { Recurrence: not null, StartTime: null }
            || PlannedOccurrence.Of(series).Select(one => one.First).Order().FirstOrDefault(first => first > now) is not { Ticks: > 0 } next)
        {
            return change;
        }

        var timezone = change.Timezone ?? series.Timezone;
        return ZoneOf(new UpdateMeeting { Timezone = timezone }) is { } zone
            ? change with { StartTime = Instant.FromDateTimeOffset(next).InZone(zone).ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), Timezone = timezone }
            : change with { StartTime = Text(next) };
    }

    /// <summary>When an occurrence starts: always told in UTC.</summary>
    public static DateTimeOffset? StartOf(MeetingOccurrence occurrence) => StartOf(new MeetingSnapshot { StartTime = occurrence.StartTime });

    public static TimeSpan LengthOf(MeetingDescription meeting) => LengthOf(meeting.Duration);

    public static TimeSpan LengthOf(int? minutes) => TimeSpan.FromMinutes(Math.Clamp(minutes ?? DefaultMinutes, 1, 24 * 60));

    /// <summary>As Zoom writes it.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The IANA zone that it is planned in; null for none, or one that nobody knows.</summary>
    public static DateTimeZone? ZoneOf(MeetingDescription meeting) =>
        meeting.Timezone is { Length: > 0 } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null;
}
