using System.Globalization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>
/// A series in a calendar (RFC 5545): the rule that it was planned by, without the occurrences that are deleted, and with those that were
/// changed by themselves. Zoom says which there are, so where the rule as we read it says otherwise, Zoom's occurrences count.
/// </summary>
internal static class CalendarSeries
{
    /// <summary>An occurrence is hardly moved by more: what is further is no time that it had.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(400);

    /// <summary>A rule of whatever kind says no more than this until the last occurrence that Zoom has.</summary>
    private const int MostOfRule = 2_000;

    /// <summary>The entries of a series, the first of which is the series'; none where it has no occurrence.</summary>
    /// <param name="describe">An entry at a time, of so many minutes, with all that is the same of each.</param>
    /// <param name="show">A time as the calendar shows it: by the wall clock of the series' zone.</param>
    public static IReadOnlyList<CalendarEvent> Of(
        MeetingSnapshot series, Func<CalDateTime, int?, CalendarEvent> describe, Func<DateTimeOffset, CalDateTime> show)
    {
        // By the time that each had first: from the rule.
        var slots = (series.Occurrences ?? []).Where(one => MeetingTimes.StartOf(one) is not null)
            .Select(one => (At: FirstTimeOf(one), One: one)).OrderBy(slot => slot.At).DistinctBy(slot => slot.At).ToList();
        if (slots is not [var first, ..] || slots.All(slot => slot.One.IsDeleted))
        {
            return [];
        }

        var entry = describe(show(first.At), series.Duration);
        var byRule = ByRule(entry, series.Recurrence, slots[^1].At);
        if (byRule.Contains(first.At))
        {
            foreach (var left in byRule.Where(at => slots.All(slot => slot.At != at || slot.One.IsDeleted)))
            {
                entry.ExceptionDates.Add(show(left));
            }
        }
        else
        {
            // The rule does not lead to what there is: then each by itself.
            entry.RecurrenceRule = null;
            byRule = [first.At];
            if (first.One.IsDeleted)
            {
                entry.ExceptionDates.Add(show(first.At));
            }
        }

        foreach (var more in slots.Where(slot => !slot.One.IsDeleted && !byRule.Contains(slot.At)))
        {
            entry.RecurrenceDates.Add(show(more.At));
        }

        return [entry, .. slots.Where(slot => !slot.One.IsDeleted && IsChanged(series, slot)).Select(slot => Changed(slot, series, describe, show))];
    }

    private static bool IsChanged(MeetingSnapshot series, (DateTimeOffset At, MeetingOccurrence One) slot) =>
        MeetingTimes.StartOf(slot.One) != slot.At || (slot.One.Duration is { } minutes && minutes != series.Duration);

    private static CalendarEvent Changed(
        (DateTimeOffset At, MeetingOccurrence One) slot,
        MeetingSnapshot series,
        Func<CalDateTime, int?, CalendarEvent> describe,
        Func<DateTimeOffset, CalDateTime> show)
    {
        var changed = describe(show(MeetingTimes.StartOf(slot.One)!.Value), slot.One.Duration ?? series.Duration);
        changed.RecurrenceIdentifier = new RecurrenceIdentifier(show(slot.At));
        return changed;
    }

    private static DateTimeOffset FirstTimeOf(MeetingOccurrence one)
    {
        var start = MeetingTimes.StartOf(one)!.Value;
        return long.TryParse(one.OccurrenceId, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds % 1000 == 0
            && Math.Abs(milliseconds - start.ToUnixTimeMilliseconds()) < Farthest.TotalMilliseconds
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : start;
    }

    /// <summary>Gives an entry its rule, up to the last occurrence.</summary>
    /// <returns>When it takes place by that rule.</returns>
    private static HashSet<DateTimeOffset> ByRule(CalendarEvent entry, MeetingRecurrence? recurrence, DateTimeOffset last)
    {
        if (Rule(recurrence) is not { } rule)
        {
            return [];
        }

        rule.Until = new CalDateTime(last.UtcDateTime);
        entry.RecurrenceRule = rule;
        return [.. entry.GetOccurrences().Take(MostOfRule).Select(one => new DateTimeOffset(one.Period.StartTime.AsUtc))];
    }

    private static RecurrenceRule? Rule(MeetingRecurrence? recurrence)
    {
        var interval = Math.Max(recurrence?.RepeatInterval ?? 1, 1);
        switch (recurrence?.Type)
        {
            case MeetingRecurrence.Daily:
                return new RecurrenceRule(FrequencyType.Daily, interval);
            case MeetingRecurrence.Weekly:
                return new RecurrenceRule(FrequencyType.Weekly, interval)
                {
                    FirstDayOfWeek = DayOfWeek.Sunday,
                    ByDay = [.. (recurrence.WeeklyDays ?? "1").Split(',').Select(day => int.TryParse(day, out var number) ? number : 0)
                        .Where(day => day is >= 1 and <= 7).Select(day => new WeekDay(Weekday(day)))],
                };
            case MeetingRecurrence.Monthly when recurrence is { MonthlyWeek: { } week and (-1 or >= 1 and <= 4), MonthlyWeekDay: { } day and >= 1 and <= 7 }:
                return new RecurrenceRule(FrequencyType.Monthly, interval) { ByDay = [new WeekDay(Weekday(day), week)] };
            case MeetingRecurrence.Monthly when recurrence.MonthlyDay is null or (>= 1 and <= 31):
                return new RecurrenceRule(FrequencyType.Monthly, interval) { ByMonthDay = [recurrence.MonthlyDay ?? 1] };
            default:
                return null;
        }
    }

    /// <summary>Zoom's week begins with a 1 for Sunday.</summary>
    private static DayOfWeek Weekday(int day) => (DayOfWeek)(day - 1);
}
