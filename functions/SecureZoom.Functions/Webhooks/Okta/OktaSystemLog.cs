using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.IdentityEvents;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Webhooks.Okta;

/// <summary>
/// Reads each source's System Log at Okta: hooks carry a part of the events and may miss some, the log has all. What both tell is one record.
/// </summary>
/// <remarks>
/// Asked without an end, in the order of persistence, so that a late event comes late and not never; the link to what follows is kept,
/// sealed, once what it leads past is durable.
/// </remarks>
public sealed partial class OktaSystemLog(
    IdentityEventsOptions options,
    OktaEvents events,
    IdentityIntake intake,
    SourceHeartbeats places,
    OktaLogStart start,
    SecretStore secrets,
    IHttpClientFactory clients,
    TimeProvider time,
    ILogger<OktaSystemLog> logger)
{
    internal const string HttpClientName = "okta";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private const int MostPages = 20;
    private const int PageSize = 500;

    /// <summary>Reads on in every source's log.</summary>
    /// <exception cref="AggregateException">Some could not be read to the end; the next time goes on there.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var source in options.Sources.Where(source => source.OktaDomain is not null))
        {
            try
            {
                await ReadAsync(source, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Unread(logger, exception.GetType().Name, source.Name);
                failures.Add(exception);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException("Some System Logs could not be read.", failures);
        }
    }

    private async Task ReadAsync(IdentitySource source, CancellationToken cancellationToken)
    {
        var place = await places.PlaceAsync(source, cancellationToken);
        if (place.NotBefore > time.GetUtcNow())
        {
            return;
        }

        var next = Next(source, place.Cursor) ?? await BeginningAsync(source, place, cancellationToken);
        for (var page = 0; page < MostPages; page++)
        {
            var asked = time.GetUtcNow();
            using var answer = await AskAsync(source, next, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await places.HoldAsync(source, next.AbsoluteUri, WaitUntil(answer), cancellationToken);
                return;
            }

            if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone && place.Cursor is not null)
            {
                // A place that is none any more.
                await places.HoldAsync(source, cursor: null, notBefore: null, cancellationToken);
                return;
            }

            answer.EnsureSuccessStatusCode();
            var read = events.ReadLog(source, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            if (read.Count > 0)
            {
                await intake.TakeAsync(source, read, cancellationToken);
            }

            next = Next(source, Link(answer)) ?? next;
            // Of a full page there is more, from before it was asked for.
            var readTo = read.Count < PageSize ? (DateTimeOffset?)asked : read.Min(one => one.At) ?? place.ReadTo;
            await places.AdvanceAsync(source, next.AbsoluteUri, readTo, cancellationToken);
            if (read.Count < PageSize)
            {
                return;
            }
        }
    }

    private async Task<HttpResponseMessage> AskAsync(IdentitySource source, Uri address, CancellationToken cancellationToken)
    {
        var token = await secrets.CurrentAsync(source.TokenSecretName!, cancellationToken);
        using var client = clients.CreateClient(HttpClientName);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Authorization", $"SSWS {token.Value}");
        return await client.SendAsync(request, cancellationToken);
    }

    private async Task<Uri> BeginningAsync(IdentitySource source, SourcePlace place, CancellationToken cancellationToken)
    {
        var from = await start.FindAsync(source, place.ReadTo, cancellationToken);
        Log.Begins(logger, source.Name, from);
        var since = from.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return new Uri(source.OktaDomain!, $"api/v1/logs?since={Uri.EscapeDataString(since)}&sortOrder=ASCENDING&limit={PageSize}");
    }

    /// <summary>A link, where it leads to the same log: the token goes nowhere else.</summary>
    private static Uri? Next(IdentitySource source, string? link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address)
        && Uri.Compare(address, source.OktaDomain!, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        && address is { AbsolutePath: "/api/v1/logs", UserInfo: "" }
            ? address
            : null;

    /// <summary>The link to what follows (RFC 8288).</summary>
    private static string? Link(HttpResponseMessage answer) => answer.Headers.TryGetValues("Link", out var links)
        ? links.SelectMany(links => links.Split(',')).Select(link => link.Trim())
            .Where(link => link.StartsWith('<') && link.Contains("rel=\"next\"", StringComparison.Ordinal) && link.Contains('>', StringComparison.Ordinal))
            .Select(link => link[1..link.IndexOf('>', StringComparison.Ordinal)]).FirstOrDefault()
        : null;

    /// <summary>When Okta's limit is over: it says so in seconds of the time of day.</summary>
    private DateTimeOffset WaitUntil(HttpResponseMessage answer)
    {
        var now = time.GetUtcNow();
        var until = answer.Headers.TryGetValues("X-Rate-Limit-Reset", out var resets)
            && long.TryParse(resets.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < now.AddHours(1).ToUnixTimeSeconds()
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : now + (answer.Headers.RetryAfter?.Delta ?? Pause);
        return until > now ? until : now + Pause;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 153, Level = LogLevel.Error, Message = "{Failure}: the System Log of {Source} is not read to its end; the next time goes on there")]
        public static partial void Unread(ILogger logger, string failure, string source);

        [LoggerMessage(EventId = 154, Level = LogLevel.Warning, Message = "No place in the System Log of {Source} is known, or Okta takes it no more: it is read from {From} on")]
        public static partial void Begins(ILogger logger, string source, DateTimeOffset from);
    }
}
