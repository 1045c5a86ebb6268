using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Polly;
using Polly.Retry;

namespace SecureZoom.Sandbox.Identity;

/// <summary>
/// What Okta and Auth0 tell of their people: Okta by event hooks and in its System Log, of those who sign in through it; Auth0 by its log stream,
/// of everybody. Delivered in the background, in order, again when it fails.
/// </summary>
internal sealed class EventFeed : IAsyncDisposable
{
    private const int MostKept = 10_000;

    private readonly IdentityProviderOptions _options;
    private readonly ResiliencePipeline<bool> _delivery;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Channel<(Uri Target, string Secret, string Body)> _queue = Channel.CreateUnbounded<(Uri, string, string)>();
    private readonly ConcurrentQueue<JsonObject> _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;

    public EventFeed(IdentityProviderOptions options)
    {
        _options = options;
        Target = options.EventTarget;
        _delivery = new ResiliencePipelineBuilder<bool> { TimeProvider = options.Time }
            .AddRetry(new RetryStrategyOptions<bool>
            {
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome is { Exception: null, Result: false }),
                MaxRetryAttempts = 4,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
            })
            .Build();
        _worker = DeliverAsync();
    }

    /// <summary>The app that is told; null for nobody.</summary>
    public Uri? Target { get; set; }

    /// <summary>Okta's System Log so far.</summary>
    public IReadOnlyList<JsonObject> Log => [.. _log];

    public void SignedIn(Account account, IPAddress? from)
    {
        Okta(account, "user.session.start", "SUCCESS", null, from);
        Auth0(account, "s", from);
    }

    public void Failed(Account account, string reason, IPAddress? from)
    {
        Okta(account, "user.session.start", "FAILURE", reason, from);
        Auth0(account, reason == "INVALID_CREDENTIALS" ? "fp" : "f", from);
    }

    public void UnknownPerson(string typed, IPAddress? from) =>
        Tell("auth0", _options.Auth0Secret, Auth0Log("fu", typed, null, null, from));

    public void Locked(Account account, IPAddress? from)
    {
        Okta(account, "user.account.lock", "FAILURE", "LOCKED_OUT", from);
        Auth0(account, "limit_wc", from);
    }

    public void Unlocked(Account account)
    {
        Okta(account, "user.account.unlock_by_admin", "SUCCESS", null, null, byAdmin: true);
        Auth0(account, "ublkdu", null);
    }

    public void Challenged(Account account, IPAddress? from)
    {
        Okta(account, "user.authentication.auth_via_mfa", "CHALLENGE", null, from, factor: "TOTP");
        Auth0(account, "gd_start_auth", from);
    }

    public void Factor(Account account, bool fits, IPAddress? from)
    {
        Okta(account, "user.authentication.auth_via_mfa", fits ? "SUCCESS" : "FAILURE", fits ? null : "INVALID_CREDENTIALS", from, factor: "TOTP");
        Auth0(account, fits ? "gd_auth_succeed" : "gd_auth_failed", from);
    }

    public void FactorChanged(Account account, bool has)
    {
        Okta(account, has ? "user.mfa.factor.activate" : "user.mfa.factor.deactivate", "SUCCESS", null, null, byAdmin: true, factor: "TOTP");
        Auth0(account, has ? "gd_enrollment_complete" : "gd_unenroll", null);
    }

    public void SignedOut(Account account, string session, IPAddress? from)
    {
        Okta(account, "user.session.end", "SUCCESS", null, from, session: session);
        Auth0(account, "slo", from, session);
    }

    /// <summary>At Okta where the person signs in there; else Auth0's management API blocks them.</summary>
    public void StatusChanged(Account account, bool suspended)
    {
        if (account.OktaId is not null)
        {
            Okta(account, suspended ? "user.lifecycle.suspend" : "user.lifecycle.unsuspend", "SUCCESS", null, null, byAdmin: true);
            return;
        }

        var log = Auth0Log("sapi", null, null, account.OrganizationId, null);
        log["data"]!["details"] = new JsonObject
        {
            ["request"] = new JsonObject
            {
                ["method"] = "patch",
                ["path"] = $"/api/v2/users/{Uri.EscapeDataString(account.Subject)}",
                ["body"] = new JsonObject { ["blocked"] = suspended },
            },
        };
        Tell("auth0", _options.Auth0Secret, log);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _stop.CancelAsync();
        await _worker;
        _stop.Dispose();
        _http.Dispose();
    }

    private void Okta(
        Account account, string type, string result, string? reason, IPAddress? from, bool byAdmin = false, string? factor = null, string? session = null)
    {
        if (account.OktaId is not { } id)
        {
            return;
        }

        JsonObject Person() => new() { ["id"] = id, ["type"] = "User", ["alternateId"] = account.Email, ["displayName"] = account.Name };
        var log = new JsonObject
        {
            ["uuid"] = Guid.NewGuid().ToString(),
            ["published"] = Now(),
            ["eventType"] = type,
            ["version"] = "0",
            ["severity"] = result == "SUCCESS" ? "INFO" : "WARN",
            ["actor"] = byAdmin
                ? new JsonObject { ["id"] = "system", ["type"] = "SystemPrincipal", ["alternateId"] = "system@okta.com", ["displayName"] = "Okta System" }
                : Person(),
            ["client"] = new JsonObject { ["ipAddress"] = from?.ToString(), ["device"] = "Computer", ["zone"] = "null" },
            ["authenticationContext"] = new JsonObject { ["externalSessionId"] = session ?? "unknown" },
            ["outcome"] = new JsonObject { ["result"] = result, ["reason"] = reason },
            ["target"] = new JsonArray(Person()),
            ["debugContext"] = new JsonObject { ["debugData"] = new JsonObject { ["factor"] = factor } },
        };
        _log.Enqueue(log);
        if (_log.Count > MostKept)
        {
            _log.TryDequeue(out _);
        }

        var hook = new JsonObject
        {
            ["eventType"] = "com.okta.event_hook",
            ["eventTypeVersion"] = "1.0",
            ["eventId"] = Guid.NewGuid().ToString(),
            ["eventTime"] = Now(),
            ["data"] = new JsonObject { ["events"] = new JsonArray(log.DeepClone()) },
        };
        Tell("okta", _options.OktaSecret, hook);
    }

    private void Auth0(Account account, string type, IPAddress? from, string? session = null)
    {
        var log = Auth0Log(type, account.Email, account.Subject, account.OrganizationId, from);
        log["data"]!["organization_name"] = account.OrganizationName;
        log["data"]!["connection"] = account.OktaId is null ? "Username-Password-Authentication" : Account.Connection;
        log["data"]!["details"] = new JsonObject { ["session_id"] = session };
        Tell("auth0", _options.Auth0Secret, log);
    }

    private JsonObject Auth0Log(string type, string? name, string? subject, string? organization, IPAddress? from) => new()
    {
        ["log_id"] = $"900{_options.Time.GetUtcNow():yyyyMMddHHmmss}{Guid.NewGuid():n}",
        ["data"] = new JsonObject
        {
            ["date"] = Now(),
            ["type"] = type,
            ["client_id"] = IdentityProvider.ClientId,
            ["client_name"] = "SecureZoom",
            ["ip"] = from?.ToString() ?? "",
            ["user_id"] = subject ?? "",
            ["user_name"] = name ?? "",
            ["organization_id"] = organization,
        },
    };

    private string Now() => _options.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private void Tell(string feed, string secret, JsonObject body)
    {
        if (Target is { } app)
        {
            _queue.Writer.TryWrite((new Uri(app, $"identity-events/{feed}"), secret, body.ToJsonString()));
        }
    }

    private async Task DeliverAsync()
    {
        try
        {
            await foreach (var (target, secret, body) in _queue.Reader.ReadAllAsync(_stop.Token))
            {
                await _delivery.ExecuteAsync(async _ => await TryDeliverAsync(target, secret, body), _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what was not delivered by then is gone.
        }
    }

    private async Task<bool> TryDeliverAsync(Uri target, string secret, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", secret);
        try
        {
            using var response = await _http.SendAsync(request, _stop.Token);
            return (int)response.StatusCode < 500;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !_stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
