using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Load;

/// <summary>What a request counts for, against which limit; and how one is refused that is over it.</summary>
/// <param name="PerSecond">Of each key.</param>
/// <param name="Measure">The key, and how much of its limit the request with that body takes.</param>
/// <param name="Status">Of a refusal.</param>
/// <param name="Code">Its <c>x-ms-error-code</c>; null where the server has none.</param>
internal sealed partial record Limits(int PerSecond, Func<HttpRequest, string, (string Key, int Count)> Measure, int Status, string? Code)
{
    /// <summary>2,000 messages a second a queue (Azure's scalability targets for Queue storage): each message put, given out, deleted.</summary>
    public static Limits Queue { get; } = new(
        2_000, (request, _) => (request.Path.Value!.Split('/').ElementAtOrDefault(2) ?? "", Given(request)), StatusCodes.Status503ServiceUnavailable, "ServerBusy");

    /// <summary>2,000 entities a second a partition (those of Table storage): each that a transaction writes, and one for a query.</summary>
    public static Limits Table { get; } = new(2_000, Entities, StatusCodes.Status503ServiceUnavailable, "ServerBusy");

    /// <summary>30 light calls a second, the least that Zoom allows an account.</summary>
    public static Limits Zoom { get; } = new(30, (_, _) => ("account", 1), StatusCodes.Status429TooManyRequests, null);

    private static int Given(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && int.TryParse(request.Query["numofmessages"], out var most) ? most : 1;

    private static (string Key, int Count) Entities(HttpRequest request, string body)
    {
        var place = Uri.UnescapeDataString($"{request.Path}{request.QueryString}".Replace('+', ' '));
        if (!place.Contains("$batch", StringComparison.Ordinal))
        {
            return (PartitionOf(place + body), 1);
        }

        var partition = PartitionOf(Uri.UnescapeDataString(body));
        return (partition, Part().Count(body));
    }

    private static string PartitionOf(string text) => Partition().Match(text).Groups[1].Value;

    [GeneratedRegex("""PartitionKey(?:=| eq |":\s*)['"]([^'"]*)""")]
    private static partial Regex Partition();

    /// <summary>The first line of each request of a transaction.</summary>
    [GeneratedRegex("^(?:POST|PUT|PATCH|MERGE|DELETE|GET) https?://", RegexOptions.Multiline)]
    private static partial Regex Part();
}
