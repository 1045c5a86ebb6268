using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Summaries;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Which hours or days of a trail's summary are asked for.</summary>
/// <param name="From">The beginning of the first.</param>
/// <param name="To">The end of the last.</param>
internal sealed record SummaryQuery(string Organization, SummarySpan By, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Before that no trail was kept, and behind it none can be read: no calendar ends within the range.</summary>
    private static readonly (DateTimeOffset First, DateTimeOffset Last) Times = (DateTimeOffset.UnixEpoch, new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static readonly TimeSpan UsualHours = TimeSpan.FromHours(24);
    private static readonly TimeSpan UsualDays = TimeSpan.FromDays(30);

    /// <exception cref="RequestException">There are too many of them, or it is no range.</exception>
    public static SummaryQuery Of(Caller caller, Query query, DateTimeOffset now)
    {
        var organization = AuditScope.Of(caller, query.Text("organization"));
        var by = query.Text("by") switch
        {
            null or "hour" => SummarySpan.Hour,
            "day" => SummarySpan.Day,
            _ => throw new RequestException(RequestError.Invalid, "by is hour or day."),
        };
        var (first, last) = query.Range();
        if (first < Times.First || first > Times.Last || last < Times.First || last > Times.Last)
        {
            throw new RequestException(RequestError.Invalid, "from and to are times from 1970 to 8999.");
        }

        var to = by.EndOf(last ?? (first > now ? first.Value : now));
        var from = by.StartOf(first ?? to - (by == SummarySpan.Hour ? UsualHours : UsualDays));
        return to - from <= by.Most
            ? new SummaryQuery(organization, by, from, to)
            : throw new RequestException(RequestError.Invalid, $"From from to to are at most {by.Most.Days} days by {by.Name}.");
    }

    /// <summary>What is asked for, as a record of it says.</summary>
    public JsonObject ToDetails() => new() { ["format"] = "summary", ["from"] = From, ["to"] = To };
}
