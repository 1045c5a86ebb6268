using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>A stand-in for Zoom: server-to-server tokens, REST calls with state and scopes, signed webhooks.</summary>
public sealed class ZoomStandIn : IAsyncDisposable
{
    private readonly ZoomStandInOptions _options;
    private readonly MeetingStore _meetings;
    private readonly WebhookSender _webhooks;
    private readonly ZoomControl _control;
    private readonly ZoomTokens _tokens;
    private readonly ZoomApi _api;
    private LoopbackServer _server = null!;

    private ZoomStandIn(ZoomStandInOptions options, MeetingStore meetings)
    {
        (_options, _meetings) = (options, meetings);
        _webhooks = new WebhookSender(options);
        _tokens = new ZoomTokens(options);
        var events = new WebhookEvents(options.AccountId, options.Time);
        var course = new MeetingCourse(meetings, events, _webhooks, options.Time);
        _api = new ZoomApi(options, _tokens, meetings, course, events, _webhooks, new ZoomPastApi(options, _tokens, meetings));
        _control = new ZoomControl(options, meetings, course, _webhooks, Requests, Faults);
    }

    /// <summary><c>http://localhost:{port}/</c>; tokens are at <c>oauth/token</c>, calls below <c>v2/</c>.</summary>
    public Uri Address => _server.Address;

    /// <summary>Where webhooks go; null for nowhere.</summary>
    public Uri? WebhookTarget
    {
        get => _webhooks.Target;
        set => _webhooks.Target = value;
    }

    /// <summary>What it was asked, with the JSON bodies of the calls below <c>/v2</c>.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>What shall go wrong below <c>/v2</c> and <c>/oauth</c>.</summary>
    public Faults Faults { get; } = new();

    /// <summary>Starts a stand-in.</summary>
    /// <exception cref="SandboxException">The port is taken, or the data file is damaged.</exception>
    public static async Task<ZoomStandIn> StartAsync(ZoomStandInOptions options, CancellationToken cancellationToken)
    {
        var zoom = new ZoomStandIn(options, await MeetingStore.LoadAsync(options.DataFile, cancellationToken));
        try
        {
            zoom._server = await LoopbackServer.StartAsync(
                new Port(options.Port, "the Zoom stand-in", "SECUREZOOM_ZOOM_PORT"),
                (_, _) => { },
                zoom.Build,
                cancellationToken);
            return zoom;
        }
        catch
        {
            await zoom.ReleaseAsync();
            throw;
        }
    }

    /// <summary>Delivers an event at once and once, signed, with <c>event_ts</c> and the account filled in where missing.</summary>
    /// <returns>What the target answered; 0 when it could not be reached.</returns>
    public async Task<int> SendAsync(JsonObject webhook, CancellationToken cancellationToken) =>
        (await _webhooks.DeliverAsync(
            WebhookSender.Serialize(_control.Complete(webhook)), timestamp: null, cancellationToken)).Status;

    /// <summary>Ends when every webhook of what happened so far was accepted, refused or given up.</summary>
    public Task WhenDeliveredAsync() => _webhooks.WhenDeliveredAsync();

    /// <summary>Stops it; webhooks that were not delivered yet are lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await ReleaseAsync();
    }

    private async Task ReleaseAsync()
    {
        await _webhooks.DisposeAsync();
        _meetings.Dispose();
        Faults.Dispose();
    }

    private void Build(WebApplication application)
    {
        application.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/sandbox", StringComparison.Ordinal),
            zoom =>
            {
                zoom.UseMiddleware<RequestLogMiddleware>(Requests, _options.Time, "/v2");
                zoom.UseMiddleware<FaultMiddleware>(Faults, _options.Time);
            });
        application.MapPost("/oauth/token", (Delegate)_tokens.IssueAsync);
        _api.Map(application);
        _control.Map(application);
    }
}
