using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Caching;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Zoom;

/// <summary>The Server-to-Server OAuth tokens at hand: one an account, shared by all callers, renewed before it ends.</summary>
/// <remarks>
/// Concurrent callers wait for one request. In its last ten minutes a token still serves while the next is fetched beside the
/// caller's way; in its last minute it does not. After a failure the token endpoint is left alone for a few seconds, or for as long as
/// it asks, within a minute, and callers hear the same as whoever failed; after the API has refused a fresh token it is left alone too.
/// </remarks>
public sealed partial class ZoomTokens(
    IHttpClientFactory clients, ZoomOptions options, SecretStore secrets, AppMetrics metrics, TimeProvider time, ILogger<ZoomTokens> logger)
{
    public const string HttpClientName = "zoom-oauth";

    public static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan BetweenScopes = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly ConcurrentDictionary<(string AccountId, string ClientId), Entry> _entries = new();

    /// <exception cref="ZoomException">Zoom gives no token.</exception>
    /// <exception cref="SecretException">The client secret is not available.</exception>
    public async ValueTask<string> GetAsync(ZoomAccount account, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(KeyOf(account), _ => new Entry(this, account, time));
        var now = time.GetUtcNow();
        var token = entry.Tokens.Latest;
        if (token is null || token.Value.Expires - Margin <= now)
        {
            return (await entry.GetNewerAsync(token).WaitAsync(cancellationToken)).Value.Text;
        }

        if (token.Value.Expires - RenewBefore <= now && entry.PausedUntil <= now)
        {
            // A failure is logged where it happens, and the token at hand goes on serving.
            _ = entry.GetNewerAsync(token);
        }

        return token.Value.Text;
    }

    /// <summary>Forgets a token that the API refused; a newer one stays.</summary>
    /// <returns>Whether another may do better: not while the API has just refused a fresh one.</returns>
    public bool Drop(ZoomAccount account, string refused)
    {
        if (_entries.TryGetValue(KeyOf(account), out var entry) && entry.Tokens.Latest is { } token && token.Value.Text == refused)
        {
            if (entry.IsResting)
            {
                return false;
            }

            entry.Tokens.Drop(token);
        }

        return true;
    }

    /// <summary>The API has refused a token that was fetched since it had refused the one before: it stays, for the calls that take it, and no other is asked for now.</summary>
    public void Rest(ZoomAccount account)
    {
        if (_entries.TryGetValue(KeyOf(account), out var entry))
        {
            entry.Rest();
        }
    }

    /// <summary>Forgets a token that lacks a scope, which a newer one may have; once a minute at most.</summary>
    public void DropForScope(ZoomAccount account, string lacking)
    {
        if (_entries.TryGetValue(KeyOf(account), out var entry) && entry.MayDropForScope())
        {
            Drop(account, lacking);
        }
    }

    /// <summary>An account whose app was replaced has another token.</summary>
    private static (string AccountId, string ClientId) KeyOf(ZoomAccount account) => (account.AccountId, account.ClientId);

    private async Task<Token> FetchAsync(ZoomAccount account, Entry entry)
    {
        using var span = AppTraces.Start("ZoomTokens.Fetch", ActivityKind.Client);
        try
        {
            var token = await RequestAsync(account);
            metrics.TokenRefreshed(success: true);
            return token;
        }
        catch (Exception exception)
        {
            var failure = exception is ZoomException or SecretException ? exception : new ZoomException(ZoomError.Unavailable, inner: exception);
            entry.Pause(failure, Pause(exception));
            metrics.TokenRefreshed(success: false);
            span?.Fail(exception.GetType().Name);
            Log.FetchFailed(logger, exception.GetType().Name, account.AccountId);
            throw failure;
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
            throw new ZoomException(Meaning(response.StatusCode)) { RetryAfter = ZoomRetryAfter.From(response, ZoomLimit.Unknown, time) };
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
    private sealed record Token(string Text, DateTimeOffset Expires)
    {
        public override string ToString() => nameof(Token);
    }

    /// <summary>An account's token, and until when, and why, its endpoint is left alone.</summary>
    private sealed class Entry
    {
        private readonly TimeProvider _time;
        private (DateTimeOffset Until, Exception? Why) _pause = (DateTimeOffset.MinValue, null);
        private DateTimeOffset _scopeDropped = DateTimeOffset.MinValue;
        private DateTimeOffset _restsUntil = DateTimeOffset.MinValue;
        private readonly Lock _lock = new();

        public Entry(ZoomTokens owner, ZoomAccount account, TimeProvider time)
        {
            _time = time;
            Tokens = new(() => owner.FetchAsync(account, this), throttle: TimeSpan.Zero, time);
        }

        public SharedValue<Token> Tokens { get; }

        public DateTimeOffset PausedUntil => Paused.Until;

        private (DateTimeOffset Until, Exception? Why) Paused
        {
            get
            {
                lock (_lock)
                {
                    return _pause;
                }
            }
        }

        public void Pause(Exception why, TimeSpan pause)
        {
            lock (_lock)
            {
                _pause = (_time.GetUtcNow() + pause, why);
            }
        }

        public bool IsResting
        {
            get
            {
                lock (_lock)
                {
                    return _time.GetUtcNow() < _restsUntil;
                }
            }
        }

        public void Rest()
        {
            lock (_lock)
            {
                _restsUntil = _time.GetUtcNow() + PauseAfterFailure;
            }
        }

        public bool MayDropForScope()
        {
            lock (_lock)
            {
                var now = _time.GetUtcNow();
                if (now - _scopeDropped < BetweenScopes)
                {
                    return false;
                }

                _scopeDropped = now;
                return true;
            }
        }

        /// <param name="seen">What the caller found too old; whatever has taken its place meanwhile is the answer.</param>
        public Task<Fetched<Token>> GetNewerAsync(Fetched<Token>? seen)
        {
            var (until, why) = Paused;
            var left = until - _time.GetUtcNow();
            return left > TimeSpan.Zero && Tokens.Latest == seen
                ? Task.FromException<Fetched<Token>>(Again(why, left))
                : Tokens.GetAsync(since: seen is null ? DateTimeOffset.MinValue : seen.AsOf + Tick);
        }
    }

    /// <summary>What was wrong is wrong until the pause ends.</summary>
    private static Exception Again(Exception? why, TimeSpan left) => why switch
    {
        ZoomException failure => new ZoomException(failure.Error, failure.Code) { RetryAfter = left },
        SecretException => why,
        _ => new ZoomException(ZoomError.Unavailable) { RetryAfter = left },
    };

    private static partial class Log
    {
        [LoggerMessage(EventId = 141, Level = LogLevel.Error, Message = "{Failure}: no token for the Zoom account {AccountId}")]
        public static partial void FetchFailed(ILogger logger, string failure, string accountId);

        [LoggerMessage(EventId = 142, Level = LogLevel.Error, Message = "The Zoom app of account {AccountId} lacks scopes that we need: {Scopes}")]
        public static partial void ScopesMissing(ILogger logger, string accountId, string scopes);

        [LoggerMessage(EventId = 143, Level = LogLevel.Warning, Message = "The Zoom app of account {AccountId} has scopes that we do not need: {Scopes}")]
        public static partial void ScopesExcessive(ILogger logger, string accountId, string scopes);
    }
}
