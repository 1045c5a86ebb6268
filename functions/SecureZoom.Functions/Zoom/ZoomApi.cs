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

/// <summary>Zoom's REST API as an account's Server-to-Server OAuth app, with Zoom's errors turned into ours.</summary>
public sealed class ZoomApi(IHttpClientFactory clients, ZoomOptions options, ZoomTokens tokens, TimeProvider time)
{
    public const string HttpClientName = "zoom-api";

    private const int InvalidToken = 124;
    private const int MissingScope = 4711;
    private const int MissingScopeClassic = 4700;
    private const int MeetingNotFound = 3001;
    private const int UserNotFound = 1001;
    private const int RecordingNotFound = 3301;
    private const int RateLimited = 429;

    /// <summary>Zoom answers these with 400: a meeting in progress, one that has ended, a personal one.</summary>
    private static readonly int[] WrongState = [3002, 3007, 3018];

    /// <summary>A whole call with its token, its repetitions and its answer's body.</summary>
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(8);

    /// <summary>What to tell a caller to wait when Zoom does not say how long.</summary>
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    /// <param name="host">The Zoom user's e-mail address or id.</param>
    public Task<ZoomMeeting> CreateMeetingAsync(
        ZoomAccount account, string host, ZoomMeetingChange meeting, CancellationToken cancellationToken) =>
        WithinAsync(
            limited => SendAsync(
                account, HttpMethod.Post, $"users/{Uri.EscapeDataString(host)}/meetings",
                JsonContent.Create(meeting, ZoomJson.Default.ZoomMeetingChange), ZoomJson.Default.ZoomMeeting, limited),
            cancellationToken);

    public Task<ZoomMeeting> GetMeetingAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken) =>
        WithinAsync(limited => ReadAsync(account, number, limited), cancellationToken);

    /// <summary>A user's scheduled meetings, the newest page of them; Zoom does not list instant ones.</summary>
    /// <param name="host">The Zoom user's e-mail address or id.</param>
    public async Task<IReadOnlyList<ZoomMeeting>> ListMeetingsAsync(ZoomAccount account, string host, CancellationToken cancellationToken)
    {
        var list = await WithinAsync(
            limited => SendAsync(
                account, HttpMethod.Get, $"users/{Uri.EscapeDataString(host)}/meetings?type=scheduled&page_size=300", null,
                ZoomJson.Default.ZoomMeetingPage, limited),
            cancellationToken);
        return list.Meetings ?? [];
    }

    /// <returns>The meeting as it is then; null when Zoom has changed it but does not tell.</returns>
    public Task<ZoomMeeting?> UpdateMeetingAsync(
        ZoomAccount account, MeetingNumber number, ZoomMeetingChange change, CancellationToken cancellationToken) =>
        WithinAsync(
            async limited =>
            {
                await SendAsync(
                    account, HttpMethod.Patch, $"meetings/{number}",
                    JsonContent.Create(change, ZoomJson.Default.ZoomMeetingChange), limited);
                try
                {
                    return await ReadAsync(account, number, limited);
                }
                catch (Exception exception) when (exception is ZoomException or OperationCanceledException)
                {
                    return null;
                }
            },
            cancellationToken);

    public Task ChangePasscodeAsync(ZoomAccount account, MeetingNumber number, string passcode, CancellationToken cancellationToken) =>
        WithinAsync(
            limited => SendAsync(
                account, HttpMethod.Patch, $"meetings/{number}",
                JsonContent.Create(new ZoomMeetingChange { Password = passcode }, ZoomJson.Default.ZoomMeetingChange), limited),
            cancellationToken);

    public Task DeleteMeetingAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken) =>
        WithinAsync(limited => SendAsync(account, HttpMethod.Delete, $"meetings/{number}", null, limited), cancellationToken);

    public Task EndMeetingAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken) =>
        WithinAsync(
            limited => SendAsync(
                account, HttpMethod.Put, $"meetings/{number}/status",
                JsonContent.Create(new ZoomStatusChange("end"), ZoomJson.Default.ZoomStatusChange), limited),
            cancellationToken);

    /// <summary>The meeting's recordings; empty when there are none.</summary>
    public async Task<IReadOnlyList<ZoomRecordingFile>> GetRecordingsAsync(
        ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken)
    {
        try
        {
            var recordings = await WithinAsync(
                limited => SendAsync(
                    account, HttpMethod.Get, $"meetings/{number}/recordings", null, ZoomJson.Default.ZoomRecordings, limited),
                cancellationToken);
            return recordings.RecordingFiles ?? [];
        }
        catch (ZoomException exception) when (exception.Code == RecordingNotFound)
        {
            return [];
        }
    }

    /// <summary>A fresh Zoom access key (ZAK) of a user: good for about two hours, and to be fetched for each start.</summary>
    public async Task<string> GetZakAsync(ZoomAccount account, string user, CancellationToken cancellationToken)
    {
        var answer = await WithinAsync(
            limited => SendAsync(
                account, HttpMethod.Get, $"users/{Uri.EscapeDataString(user)}/token?type=zak", null, ZoomJson.Default.ZoomUserToken, limited),
            cancellationToken);
        return answer.Token is { Length: > 0 } zak ? zak : throw new ZoomException(ZoomError.BadGateway);
    }

    /// <summary>Bounds a call: whatever Zoom does, its caller has an answer in <see cref="Total"/>.</summary>
    private async Task<T> WithinAsync<T>(
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

    private Task<ZoomMeeting> ReadAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken) =>
        SendAsync(account, HttpMethod.Get, $"meetings/{number}", null, ZoomJson.Default.ZoomMeeting, cancellationToken);

    private async Task<bool> SendAsync(
        ZoomAccount account, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(account, method, path, content, attempt: 1, cancellationToken);
        return true;
    }

    private async Task<T> SendAsync<T>(
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
            else if (error.Code is MissingScope or MissingScopeClassic)
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
            NoSuchMeeting = response.StatusCode == HttpStatusCode.NotFound && error.Code == MeetingNotFound,
            RetryAfter = meaning == ZoomError.RateLimited ? wait ?? DefaultWait : wait,
            Fields = [.. (error.Errors ?? []).Select(field => field.Field).OfType<string>().Where(IsName).Take(10)],
        };
    }

    private static bool IsName(string field) =>
        field.Length <= 64 && field.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '[' or ']');
}
