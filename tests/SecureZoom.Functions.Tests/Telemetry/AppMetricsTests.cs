using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Telemetry;

/// <summary>What operators see in numbers.</summary>
[Collection(OwnCloud.Name)]
public sealed class AppMetricsTests(OwnCloud own) : IAsyncLifetime
{
    private OwnZoom _zoom = null!;
    private App _app = null!;
    private Measurements _measured = null!;

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(own.Cloud);
        _app = await App.StartAsync(own.Cloud, _zoom.Settings);
        _measured = new Measurements(_app);
    }

    public async ValueTask DisposeAsync()
    {
        _measured.Dispose();
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task A_refusal_without_a_token_is_counted_by_function_and_code()
    {
        using var answer = await _app.Http.GetAsync("audit", TestContext.Current.CancellationToken);
        Assert.Equal([1], _measured.Of("securezoom.refusals function=audit code=missing_token"));
    }

    [Fact]
    public async Task Signatures_are_counted_by_the_role_that_was_given()
    {
        var number = await CreateAsync();
        await _app.As(Accounts.Carol).PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 });
        await _app.As(Accounts.Bob).PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 });

        Assert.Equal([1], _measured.Of("securezoom.signatures role=1"));
        Assert.Equal([1], _measured.Of("securezoom.signatures role=0"));
    }

    [Fact]
    public async Task Requests_for_a_token_are_counted_by_outcome()
    {
        _zoom.Zoom.Faults.Add(new Fault("/oauth/token", 500, Times: 1));
        var refused = await _app.As(Accounts.Carol).PostAsync("meetings", new JsonObject { ["topic"] = "Never" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal([1], _measured.Of("securezoom.zoom.token.refreshes outcome=failure"));
        Assert.Empty(_measured.Of("securezoom.zoom.token.refreshes outcome=success"));
    }

    [Fact]
    public async Task An_account_that_takes_the_app_out_is_counted()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"event":"app_deauthorized","event_ts":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}},"payload":{"account_id":"{{Cloud.ZoomAccountId}}","user_id":"u","client_id":"c"} }""");
        using var request = SignedWebhook.Request(body, own.Cloud.Secrets["zoom-webhook-secret"]);
        using var response = await _app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Wait.ForAsync("the count", () => Task.FromResult(_measured.Texts.FirstOrDefault(text => text == "securezoom.zoom.deauthorizations")));
    }

    [Fact]
    public async Task An_event_of_Zooms_is_measured_on_its_way_from_there_to_its_place_in_the_trail()
    {
        var auditEvent = DateTimeOffset.UtcNow.AddSeconds(-90);
        var body = Encoding.UTF8.GetBytes($$"""{"event":"metrics.event","event_ts":{{auditEvent.ToUnixTimeMilliseconds()}},"payload":{"object":{} } }""");
        using var request = SignedWebhook.Request(body, own.Cloud.Secrets["zoom-webhook-secret"]);
        using var response = await _app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        Assert.InRange(Assert.Single(_measured.Of("securezoom.webhook.lag")), 90, 180);
        await Wait.ForAsync("its place in the trail", () => Task.FromResult(_measured.Texts.FirstOrDefault(text => text == "securezoom.queue.age source=zoom")));
        Assert.NotEmpty(_measured.Of("securezoom.audit.appended source=zoom"));
        // Some may be of an earlier test; none waited since the event happened at Zoom.
        Assert.All(_measured.Of("securezoom.queue.age source=zoom"), age => Assert.InRange(age, 0, 89));
    }

    private async Task<long> CreateAsync() =>
        (long)(await _app.As(Accounts.Carol).PostAsync("meetings", new JsonObject { ["topic"] = "Measured" })).Json["id"]!;
}
