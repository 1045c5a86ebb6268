using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>When a series takes place, as Zoom works it out of <c>recurrence</c>: by the wall clock of its zone, 50 times at most.</summary>
/// <remarks>What Zoom makes of a 31st in a short month is not known; here that month has none.</remarks>
internal sealed class Recurrence(JsonObject json)
{
    private const int Most = 50;

    /// <summary>Further than any series of 50 reaches.</summary>
    private const int MostSteps = 4_000;

    private int Type => Number("type", 1);

    private int Interval => Number("repeat_interval", 1);

    /// <param name="start">From when on; the first time may be later.</param>
    /// <param name="zone">Whose wall clock counts.</param>
    public IReadOnlyList<DateTimeOffset> Times(DateTimeOffset start, TimeZoneInfo zone)
    {
        var first = TimeZoneInfo.ConvertTime(start, zone).DateTime;
        var end = (string?)json["end_date_time"] is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : DateTimeOffset.MaxValue;
        var count = end == DateTimeOffset.MaxValue ? Number("end_times", 1) : Most;
        return [.. Enumerable.Range(0, MostSteps).SelectMany(step => Days(first.Date, step))
            .Select(day => day + first.TimeOfDay)
            .Where(time => time >= first)
            .Select(time => new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime())
            .TakeWhile(time => time <= end)
            .Take(Math.Clamp(count, 1, Most))];
    }

    public static IEnumerable<FieldError> Validate(JsonNode? node)
    {
        if (node is not JsonObject json)
        {
            return [new FieldError("recurrence", "Invalid field.")];
        }

        var most = (json["type"] is JsonValue type && type.TryGetValue<int>(out var found) ? found : 0) switch { 1 => 90, 2 => 12, 3 => 3, _ => 0 };
        (string Name, bool IsValid)[] checks =
        [
            ("type", most > 0),
            ("repeat_interval", Is(json, "repeat_interval", number => number >= 1 && number <= most)),
            ("weekly_days", json["weekly_days"] is null || (json["weekly_days"]!.GetValueKind() is JsonValueKind.String
                && ((string)json["weekly_days"]!).Split(',').All(day => day is ['1' or '2' or '3' or '4' or '5' or '6' or '7']))),
            ("monthly_day", Is(json, "monthly_day", number => number is >= 1 and <= 31)),
            ("monthly_week", Is(json, "monthly_week", number => number is -1 or (>= 1 and <= 4))),
            ("monthly_week_day", Is(json, "monthly_week_day", number => number is >= 1 and <= 7)),
            ("end_times", Is(json, "end_times", number => number is >= 1 and <= Most) && (json["end_times"] is null || json["end_date_time"] is null)),
            ("end_date_time", json["end_date_time"] is null || DateTime.TryParseExact(
                json["end_date_time"]!.ToString(), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        ];
        return checks.Where(check => !check.IsValid).Select(check => new FieldError($"recurrence.{check.Name}", "Invalid field."));
    }

    private static bool Is(JsonObject json, string name, Func<int, bool> isValid) =>
        json[name] is null || (json[name] is JsonValue value && value.TryGetValue<int>(out var number) && isValid(number));

    private IEnumerable<DateTime> Days(DateTime first, int step)
    {
        switch (Type)
        {
            case 1:
                return [first.AddDays(step * Interval)];
            case 2:
                var week = first.AddDays((step * 7 * Interval) - (int)first.DayOfWeek);
                return ((string?)json["weekly_days"] ?? "1").Split(',').Select(day => week.AddDays(int.Parse(day, CultureInfo.InvariantCulture) - 1)).Order();
            default:
                var month = new DateTime(first.Year, first.Month, 1).AddMonths(step * Interval);
                return DayOf(month) is { } found ? [found] : [];
        }
    }

    private DateTime? DayOf(DateTime month)
    {
        if (json["monthly_week"] is null)
        {
            var day = Number("monthly_day", 1);
            return day <= DateTime.DaysInMonth(month.Year, month.Month) ? month.AddDays(day - 1) : null;
        }

        var (week, weekday) = (Number("monthly_week", 1), (DayOfWeek)(Number("monthly_week_day", 1) - 1));
        var those = Enumerable.Range(0, DateTime.DaysInMonth(month.Year, month.Month)).Select(day => month.AddDays(day)).Where(day => day.DayOfWeek == weekday).ToList();
        return week == -1 ? those[^1] : those[week - 1];
    }

    private int Number(string name, int otherwise) => (int?)json[name] ?? otherwise;
}
