using System.Globalization;

namespace SecureZoom.Functions.Zoom;

/// <summary>How long Zoom asks to wait: seconds, or a date in ISO 8601 or HTTP form; within a day.</summary>
/// <remarks>Limits may come without it: the daily one (100 creates and updates a user) ends with the day, UTC, one a second with the second.</remarks>
internal static class ZoomRetryAfter
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <param name="limit">What the answer's body says.</param>
    public static TimeSpan? From(HttpResponseMessage response, ZoomLimit limit, TimeProvider time)
    {
        if (!response.Headers.TryGetValues("Retry-After", out var values) || values.FirstOrDefault() is not { } value)
        {
            return (IsOf(response, "daily"), IsOf(response, "QPS"), limit) switch
            {
                (true, _, _) or (false, false, ZoomLimit.Daily) => Within(time.GetUtcNow().UtcDateTime.Date.AddDays(1) - time.GetUtcNow().UtcDateTime),
                (_, true, _) or (_, _, ZoomLimit.PerSecond) => Second,
                _ => null,
            };
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return Within(TimeSpan.FromSeconds(seconds));
        }

        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Within(date - time.GetUtcNow())
            : null;
    }

    private static bool IsOf(HttpResponseMessage response, string kind) =>
        response.Headers.TryGetValues("X-RateLimit-Type", out var types)
        && types.Any(type => type.Contains(kind, StringComparison.OrdinalIgnoreCase));

    private static TimeSpan Within(TimeSpan wait) =>
        wait < Second ? Second : wait > Longest ? Longest : wait;
}
