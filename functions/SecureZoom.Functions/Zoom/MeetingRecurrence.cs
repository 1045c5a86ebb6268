using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Zoom;

/// <summary>How a series with fixed times repeats, under Zoom's own names and with Zoom's defaults.</summary>
public sealed record MeetingRecurrence
{
    public const int Daily = 1;
    public const int Weekly = 2;
    public const int Monthly = 3;

    /// <summary>1 daily, 2 weekly, 3 monthly.</summary>
    public int? Type { get; init; }

    /// <summary>Each day, week or month; or each second, third, ...</summary>
    public int? RepeatInterval { get; init; }

    /// <summary>Of weekly ones: 1 (Sunday) to 7, with commas between them.</summary>
    [JsonConverter(typeof(ZoomText))]
    public string? WeeklyDays { get; init; }

    /// <summary>Of monthly ones: the day of the month.</summary>
    public int? MonthlyDay { get; init; }

    /// <summary>Of monthly ones, instead of a day: the first to fourth week, or -1 for the last.</summary>
    public int? MonthlyWeek { get; init; }

    /// <summary>Which day of <see cref="MonthlyWeek"/>: 1 (Sunday) to 7.</summary>
    public int? MonthlyWeekDay { get; init; }

    public int? EndTimes { get; init; }

    /// <summary>Instead of <see cref="EndTimes"/>: UTC with a <c>Z</c>.</summary>
    public string? EndDateTime { get; init; }
}
