using System.Globalization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>How a series may repeat: Zoom's limits, checked before Zoom is asked.</summary>
internal static class RecurrenceRules
{
    private const int MostTimes = 50;
    private const string EndForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly string[] Weekdays = ["1", "2", "3", "4", "5", "6", "7"];
    private static readonly int[] Weeks = [-1, 1, 2, 3, 4];

    /// <exception cref="RequestException">A member is missing, out of range, or of another type of recurrence; the detail names it.</exception>
    public static void Check(MeetingRecurrence recurrence, DateTimeOffset? start)
    {
        Require(recurrence.Type is >= MeetingRecurrence.Daily and <= MeetingRecurrence.Monthly, "recurrence.type is 1 (daily), 2 (weekly) or 3 (monthly).");
        var (most, unit) = recurrence.Type switch
        {
            MeetingRecurrence.Daily => (90, "days"),
            MeetingRecurrence.Weekly => (12, "weeks"),
            _ => (3, "months"),
        };
        Require(
            recurrence.RepeatInterval is null || (recurrence.RepeatInterval >= 1 && recurrence.RepeatInterval <= most),
            $"recurrence.repeat_interval is 1 to {most} {unit}.");
        CheckDays(recurrence);
        Require(recurrence.EndTimes is null or (>= 1 and <= MostTimes), $"recurrence.end_times is 1 to {MostTimes}.");
        Require(
            recurrence.EndTimes is null || recurrence.EndDateTime is null,
            "recurrence.end_times and recurrence.end_date_time exclude each other.");
        if (recurrence.EndDateTime is { } end)
        {
            Require(
                DateTime.TryParseExact(end, EndForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                && time.Year is >= 2000 and < 2100,
                "recurrence.end_date_time is UTC, like 2026-12-01T14:30:00Z.");
            Require(!(new DateTimeOffset(time) < start), "recurrence.end_date_time is not before start_time.");
        }
    }

    private static void CheckDays(MeetingRecurrence recurrence)
    {
        Require(recurrence.WeeklyDays is null || recurrence.Type == MeetingRecurrence.Weekly, "recurrence.weekly_days is for weekly meetings (recurrence.type 2).");
        Require(
            recurrence.WeeklyDays?.Split(',') is not { } days || (days.All(Weekdays.Contains) && days.Distinct().Count() == days.Length),
            "recurrence.weekly_days is 1 (Sunday) to 7, each once, with commas between them.");
        var isMonthly = recurrence.Type == MeetingRecurrence.Monthly;
        Require(recurrence.MonthlyDay is null || isMonthly, "recurrence.monthly_day is for monthly meetings (recurrence.type 3).");
        Require(recurrence.MonthlyWeek is null || isMonthly, "recurrence.monthly_week is for monthly meetings (recurrence.type 3).");
        Require(recurrence.MonthlyWeekDay is null || isMonthly, "recurrence.monthly_week_day is for monthly meetings (recurrence.type 3).");
        Require(recurrence.MonthlyDay is null or (>= 1 and <= 31), "recurrence.monthly_day is 1 to 31.");
        Require(recurrence.MonthlyWeek is not { } week || Weeks.Contains(week), "recurrence.monthly_week is 1 to 4, or -1 for the last.");
        Require(recurrence.MonthlyWeekDay is null or (>= 1 and <= 7), "recurrence.monthly_week_day is 1 (Sunday) to 7.");
        Require(
            recurrence.MonthlyWeek is null == recurrence.MonthlyWeekDay is null,
            "recurrence.monthly_week and recurrence.monthly_week_day go together.");
        Require(
            recurrence.MonthlyDay is null || recurrence.MonthlyWeek is null,
            "recurrence.monthly_day and recurrence.monthly_week exclude each other.");
    }

    private static void Require(bool condition, string detail)
    {
        if (!condition)
        {
            throw new RequestException(RequestError.Invalid, detail);
        }
    }
}
