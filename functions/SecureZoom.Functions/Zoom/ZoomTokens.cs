using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Zoom;

/// <summary>The Server-to-Server OAuth tokens at hand: one an account, shared by all callers, renewed before it ends.</summary>
/// <remarks>
/// Concurrent callers wait for one request. In its last ten minutes a token still serves while the next is fetched beside the
/// caller's way; in its last minute it does not. After a failure the token endpoint is left alone for a few seconds, or for as long as
/// it asks, within a minute.
/// </remarks>
public sealed partial class ZoomTokens(
    IHttpClientFactory clients, ZoomOptions options, SecretStore secrets, AppMetrics metrics, TimeProvider time, ILogger<ZoomTokens> logger)
{
    public const string HttpClientName = "zoom-oauth";

    public static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <exception cref="ZoomException">Zoom gives no token.</exception>
    /// <exception cref="SecretException">The client secret cannot be had.</exception>
    public async ValueTask<string> GetAsync(ZoomAccount account, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(account.AccountId, static _ => new Entry());
        var now = time.GetUtcNow();
        var token = Volatile.Read(ref entry.Current);
        if (token is null || token.Expires - Margin <= now)
        {
            return (await Fetch(account, entry, token).WaitAsync(cancellationToken)).Value;
        }

        if (token.Expires - RenewBefore <= now)
        {
            // A failure is logged where it happens, and the token at hand goes on serving.
            _ = Fetch(account, entry, token).ContinueWith(
                failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        return token.Value;
    }

    /// <summary>Forgets a token that the API refused; a newer one stays.</summary>
    public void Drop(ZoomAccount account, string refused)
    {
        if (_entries.TryGetValue(account.AccountId, out var entry) && entry.Current is { } token && token.Value == refused)
        {
            Interlocked.CompareExchange(ref entry.Current, null, token);
        }
    }

    /// <summary>The request under way, or a new one.</summary>
    /// <param name="seen">What the caller found too old; whatever has taken its place meanwhile is the answer.</param>
    private Task<Token> Fetch(ZoomAccount account, Entry entry, Token? seen)
    {
        lock (entry)
        {
            if (Volatile.Read(ref entry.Current) is { } newer && newer != seen)
            {
                return Task.FromResult(newer);
            }

            if (entry.UnderWay is { IsCompleted: false })
            {
                return entry.UnderWay;
            }

            if (entry.PausedUntil > time.GetUtcNow())
            {
                return Task.FromException<Token>(
                    new ZoomException(ZoomError.Unavailable) { RetryAfter = entry.PausedUntil - time.GetUtcNow() });
            }

            return entry.UnderWay = FetchAsync(account, entry);
        }
    }

    private async Task<Token> FetchAsync(ZoomAccount account, Entry entry)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var span = AppTraces.Start("ZoomTokens.Fetch", ActivityKind.Client);
        try
        {
            var token = await RequestAsync(account);
            metrics.TokenRefreshed(success: true);
            Volatile.Write(ref entry.Current, token);
            return token;
        }
        catch (Exception exception)
        {
            lock (entry)
            {
                entry.PausedUntil = time.GetUtcNow() + Pause(exception);
            }

            metrics.TokenRefreshed(success: false);
            span?.Fail(exception.GetType().Name);
            Log.FetchFailed(logger, exception.GetType().Name, account.AccountId);
            throw exception is ZoomException or SecretException
                ? exception
                : new ZoomException(ZoomError.Unavailable, inner: exception);
        }
    }

    private async Task<Token> RequestAsync(ZoomAccount account)
    {
        var secret = await secrets.CurrentAsync(account.ClientSecretName, CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.OAuthUrl)
        {
            // In the body: the same parameters in the query string began to fail for some accounts.
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "account_credentials",
                ["account_id"] = account.AccountId,
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.ClientId}:{secret.Value}")));
        using var response = await clients.CreateClient(HttpClientName).SendAsync(request, CancellationToken.None);
        if (!response.IsSuccessStatusCode)
        {
            throw new ZoomException(Meaning(response.StatusCode)) { RetryAfter = ZoomRetryAfter.From(response, time) };
        }

        var answer = await response.Content.ReadFromJsonAsync(ZoomJson.Default.ZoomTokenResponse, CancellationToken.None);
        if (answer is not { AccessToken.Length: > 0, ExpiresIn: > 0 })
        {
            throw new ZoomException(ZoomError.BadGateway);
        }

        CheckScopes(account, answer.Scope ?? "");
        return new Token(answer.AccessToken, time.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn));
    }

    private void CheckScopes(ZoomAccount account, string granted)
    {
        var scopes = granted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (ZoomScopes.Missing(scopes) is { Count: > 0 } missing)
        {
            Log.ScopesMissing(logger, account.AccountId, string.Join(' ', missing));
        }

        if (ZoomScopes.Excessive(scopes) is { Count: > 0 } excessive)
        {
            Log.ScopesExcessive(logger, account.AccountId, string.Join(' ', excessive));
        }
    }

    private static TimeSpan Pause(Exception failure) => failure is ZoomException { RetryAfter: { } wait } && wait > PauseAfterFailure
        ? wait < LongestPause ? wait : LongestPause
        : PauseAfterFailure;

    private static ZoomError Meaning(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => ZoomError.RateLimited,
        >= HttpStatusCode.InternalServerError => ZoomError.Unavailable,
        _ => ZoomError.BadGateway,
    };

    /// <summary>An access token and when it ends.</summary>
    private sealed record Token(string Value, DateTimeOffset Expires)
    {
        public override string ToString() => nameof(Token);
    }

    /// <summary>An account's token, and the request for the next.</summary>
    private sealed class Entry
    {
        public Token? Current;

        public Task<Token>? UnderWay { get; set; }

        public DateTimeOffset PausedUntil { get; set; } = DateTimeOffset.MinValue;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Failure}: no token for the Zoom account {AccountId}")]
        public static partial void FetchFailed(ILogger logger, string failure, string accountId);

        [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The Zoom app of account {AccountId} lacks scopes that we need: {Scopes}")]
        public static partial void ScopesMissing(ILogger logger, string accountId, string scopes);

        [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The Zoom app of account {AccountId} has scopes that we do not need: {Scopes}")]
        public static partial void ScopesExcessive(ILogger logger, string accountId, string scopes);
    }
}
