using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>What a range of the trail can be had as, by the request's <c>Accept</c>.</summary>
internal static class ExportFormat
{
    /// <summary>A record a line, and what proves them.</summary>
    public const string Ndjson = "application/x-ndjson";

    public const string Csv = "text/csv";

    /// <summary>Events of the Open Cybersecurity Schema Framework, one a line.</summary>
    public const string Ocsf = $"{Ndjson}; profile=ocsf";

    /// <summary>The formats by name, the one first that wins among equals.</summary>
    private static readonly (string Name, MediaTypeHeaderValue Type)[] Formats =
    [
        ("application/json", new("application/json")),
        (Ndjson, new(Ndjson)),
        (Csv, new(Csv) { Charset = "utf-8" }),
        (Ocsf, MediaTypeHeaderValue.Parse(Ocsf)),
    ];

    /// <summary>
    /// The format that the request wants most (RFC 9110, 12.5.1: the most specific range that fits a format has its quality); null for a
    /// page of JSON, also where it accepts none of ours.
    /// </summary>
    public static string? Of(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var wanted = Formats.MaxBy(format => QualityOf(format.Type));
        return wanted == Formats[0] || QualityOf(wanted.Type) == 0 ? null : wanted.Name;

        double QualityOf(MediaTypeHeaderValue format) =>
            accepted.Where(format.IsSubsetOf).OrderBy(range => (range.MatchesAllTypes, range.MatchesAllSubTypes)).FirstOrDefault() is { } range
                ? range.Quality ?? 1
                : 0;
    }
}
