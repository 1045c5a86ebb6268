using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly.CircuitBreaker;
using Polly.Timeout;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Zoom;

/// <summary>Calls of Zoom's REST API as an account's Server-to-Server OAuth app, with Zoom's errors turned into ours.</summary>
public sealed class ZoomCalls(IHttpClientFactory clients, ZoomOptions options, ZoomTokens tokens, TimeProvider time)
{
    public const string HttpClientName = "zoom-api";

    private const int InvalidToken = 124;
    private const int MissingScope = 4711;
    private const int MissingScopeClassic = 4700;
    private const int MeetingNotFound = 3001;
    private const int UserNotFound = 1001;
    private const int RateLimited = 429;

    /// <summary>Zoom answers these with 400: a meeting in progress, one that has ended, a personal one.</summary>
    private static readonly int[] WrongState = [3002, 3007, 3018];

    /// <summary>A whole call with its token, its repetitions and its answer's body.</summary>
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(8);

    /// <summary>What to tell a caller to wait when Zoom does not say how long.</summary>
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    /// <summary>Bounds a call: whatever Zoom does, its caller has an answer in <see cref="Total"/>.</summary>
    internal async Task<T> WithinAsync<T>(
        Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, [CallerMemberName] string name = "")
    {
        using var span = AppTraces.Start($"{nameof(ZoomApi)}.{name}", ActivityKind.Client);
        using var deadline = new CancellationTokenSource(Total, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            span?.Fail(nameof(TimeoutException));
            throw new ZoomException(ZoomError.Unavailable, inner: exception);
        }
        catch (ZoomException exception)
        {
            span?.Fail(exception.Error.ToString());
            throw;
        }
    }

    internal async Task<bool> SendAsync(
        ZoomAccount account, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(account, method, path, content, attempt: 1, cancellationToken);
        return true;
    }

    internal async Task<T> SendAsync<T>(
        ZoomAccount account, HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await SendAsync(account, method, path, content, attempt: 1, cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new ZoomException(ZoomError.BadGateway);
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException)
        {
            throw new ZoomException(ZoomError.BadGateway, inner: exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        ZoomAccount account, HttpMethod method, string path, HttpContent? content, int attempt, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(account, cancellationToken);
        var response = await SendAsync(method, path, content, token, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var error = await ReadErrorAsync(response, cancellationToken);
            var failure = ToException(response, error);
            if (response.StatusCode == HttpStatusCode.Unauthorized || error.Code == InvalidToken)
            {
                if (attempt == 1 && tokens.Drop(account, token))
                {
                    return await SendAsync(account, method, path, content, attempt: 2, cancellationToken);
                }

                if (attempt == 2)
                {
                    tokens.Rest(account);
                }
            }
            else if (failure.LacksScope)
            {
                tokens.DropForScope(account, token);
            }

            throw failure;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, string token, CancellationToken cancellationToken)
    {
        // Not disposed: its content may have to be sent once more, with another token.
        var request = new HttpRequestMessage(method, new Uri(options.ApiBaseUrl, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            return await clients.CreateClient(HttpClientName).SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutRejectedException or BrokenCircuitException)
        {
            throw new ZoomException(ZoomError.Unavailable, inner: exception);
        }
    }

    private static async Task<ZoomErrorResponse> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(ZoomJson.Default.ZoomErrorResponse, cancellationToken) ?? new ZoomErrorResponse(0, null, null);
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or InvalidOperationException)
        {
            return new ZoomErrorResponse(0, null, null);
        }
    }

    private ZoomException ToException(HttpResponseMessage response, ZoomErrorResponse error)
    {
        var wait = ZoomRetryAfter.From(response, error.Limit, time);
        var meaning = (response.StatusCode, error.Code) switch
        {
            (HttpStatusCode.TooManyRequests, _) or (_, RateLimited) => ZoomError.RateLimited,
            ( >= HttpStatusCode.InternalServerError, _) => ZoomError.Unavailable,
            (_, InvalidToken or MissingScope or MissingScopeClassic) => ZoomError.BadGateway,
            (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) => ZoomError.BadGateway,
            (HttpStatusCode.NotFound, _) or (_, MeetingNotFound or UserNotFound) => ZoomError.NotFound,
            (HttpStatusCode.Conflict, _) => ZoomError.Conflict,
            (_, var code) when WrongState.Contains(code) => ZoomError.Conflict,
            (HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, _) => ZoomError.Refused,
            _ => ZoomError.BadGateway,
        };
        return new ZoomException(meaning, error.Code == 0 ? null : error.Code)
        {
            LacksScope = error.Code is MissingScope or MissingScopeClassic,
            NoSuchMeeting = response.StatusCode == HttpStatusCode.NotFound && error.Code == MeetingNotFound,
            RetryAfter = meaning == ZoomError.RateLimited ? wait ?? DefaultWait : wait,
            Fields = [.. (error.Errors ?? []).Select(field => field.Field).OfType<string>().Where(IsName).Take(10)],
        };
    }

    private static bool IsName(string field) =>
        field.Length <= 64 && field.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '[' or ']');
}
