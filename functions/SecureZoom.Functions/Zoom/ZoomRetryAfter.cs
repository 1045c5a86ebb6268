using System.Globalization;

namespace SecureZoom.Functions.Zoom;

/// <summary>How long Zoom asks to wait: seconds, or a date in ISO 8601 or HTTP form; within a day.</summary>
/// <remarks>The daily limit (100 creates and updates a user) may come without it; it ends with the day, UTC.</remarks>
internal static class ZoomRetryAfter
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static TimeSpan? From(HttpResponseMessage response, TimeProvider time)
    {
        if (!response.Headers.TryGetValues("Retry-After", out var values) || values.FirstOrDefault() is not { } value)
        {
            return IsDaily(response) ? time.GetUtcNow().UtcDateTime.Date.AddDays(1) - time.GetUtcNow().UtcDateTime : null;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return Within(TimeSpan.FromSeconds(seconds));
        }

        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Within(date - time.GetUtcNow())
            : null;
    }

    private static bool IsDaily(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-RateLimit-Type", out var types)
        && types.Any(type => type.Contains("daily", StringComparison.OrdinalIgnoreCase));

    private static TimeSpan Within(TimeSpan wait) =>
        wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait > Longest ? Longest : wait;
}
