using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Intake;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Tests.Webhooks;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Intake;

/// <summary>Whom an event names by Zoom's id alone, Zoom is asked for: so what is made at Zoom itself has an owner, and a name.</summary>
[Collection(OwnCloud.Name)]
public sealed class ZoomUserTests(OwnCloud own) : IAsyncLifetime
{
    private readonly Account _carol = Accounts.Carol.In($"org_portal_{Guid.NewGuid():N}");
    private readonly string _uuid = $"{Guid.NewGuid():N}/+==";
    private OwnZoom _zoom = null!;
    private App _app = null!;
    private string _id = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => $"/v2/users/{_id}";

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(own.Cloud);
        _app = await App.StartAsync(own.Cloud, _zoom.Settings);
        await _app.As(_carol).GetAsync("me");
        _id = (string)(await _zoom.CallAsync(HttpMethod.Get, $"users/{_carol.Email}"))!["id"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task A_webinar_is_its_host_s_organisation_s_and_whoever_streams_it_is_named()
    {
        await SendAsync(Webinar("webinar.started", 81234567890, _uuid));
        var started = await FirstAsync("webinar.started");
        Assert.StartsWith($"A webinar hosted by {_carol.Email} started", (string?)started["sentence"], StringComparison.Ordinal);

        // It has nothing but the instance's uuid, and an id of who did it.
        await SendAsync(Streamed(_uuid));
        var streamed = await FirstAsync("webinar.rtms_started");
        Assert.Equal("81234567890", (string?)streamed["meeting"]);
        Assert.Contains($"began to stream to an app, started by {_carol.Email}, as Zoom tells", (string?)streamed["sentence"], StringComparison.Ordinal);
        await SendAsync(new JsonObject
        {
            ["event"] = "webinar.participant_qos",
            ["payload"] = new JsonObject { ["object"] = new JsonObject { ["webinar_uuid"] = _uuid, ["participant"] = new JsonObject { ["user_id"] = "1" } } },
        });
        Assert.Equal("81234567890", (string?)(await FirstAsync("webinar.participant_qos"))["meeting"]);
        Assert.Equal(1, _zoom.Count(HttpMethod.Get, Path));
    }

    [Fact]
    public async Task While_Zoom_does_not_answer_nothing_is_said_and_then_all()
    {
        _zoom.Zoom.Faults.Add(new Fault(Path, 503, Times: 100));
        var auditEvent = ZoomSamples.EventOf(Webinar("webinar.ended", 81234567891, _uuid));
        var places = _app.Services.GetRequiredService<EventPlaces>();
        Assert.Equal(ZoomError.Unavailable, (await Assert.ThrowsAsync<ZoomException>(() => places.FindAsync(auditEvent, Cancellation))).Error);

        _zoom.Zoom.Faults.Clear();
        Assert.Equal(_carol.OrganizationId, await OwnerAsync(auditEvent));
    }

    [Fact]
    public async Task No_event_waits_for_a_name()
    {
        _zoom.Zoom.Faults.Add(new Fault(Path, 503, Times: 100));
        await _app.Services.GetRequiredService<MeetingUuids>().AddAsync(
            Cloud.ZoomAccountId, _uuid, new MeetingInstance(MeetingNumber.From(81234567894)!.Value, _carol.OrganizationId), Cancellation);
        foreach (var webhook in (JsonObject[])[Streamed(_uuid), Webinar("webinar.ended", 81234567894, _uuid)])
        {
            var place = Assert.Single((await _app.Services.GetRequiredService<EventPlaces>().FindAsync(ZoomSamples.EventOf(webhook), Cancellation)).Places);
            Assert.Equal((_carol.OrganizationId, null), (place.Organization, place.AuditEvent.Actor.Email));
        }
    }

    [Fact]
    public async Task An_event_waits_for_its_operator_s_name_where_that_alone_tells_whose_it_is()
    {
        _zoom.Zoom.Faults.Add(new Fault(Path, 503, Times: 100));
        var auditEvent = ZoomSamples.EventOf(Streamed($"{Guid.NewGuid():N}=="));
        var places = _app.Services.GetRequiredService<EventPlaces>();
        Assert.Equal(ZoomError.Unavailable, (await Assert.ThrowsAsync<ZoomException>(() => places.FindAsync(auditEvent, Cancellation))).Error);

        _zoom.Zoom.Faults.Clear();
        var found = Assert.Single((await places.FindAsync(auditEvent, Cancellation)).Places);
        Assert.Equal((_carol.OrganizationId, _carol.Email), (found.Organization, found.AuditEvent.Actor.Email));
    }

    [Theory]
    [InlineData(404, 1001)]
    [InlineData(400, 1010)]
    [InlineData(400, 4711)]
    public async Task Where_Zoom_does_not_tell_the_operator_decides_and_it_is_not_asked_again(int status, int code)
    {
        _zoom.Zoom.Faults.Add(new Fault(Path, status, Times: 100, Code: code));
        var webinar = Webinar("webinar.updated", 81234567892, _uuid);
        Assert.Equal("unassigned", await OwnerAsync(ZoomSamples.EventOf(webinar)));
        webinar["payload"]!["operator"] = _carol.Email;
        Assert.Equal(_carol.OrganizationId, await OwnerAsync(ZoomSamples.EventOf(webinar)));
        Assert.Equal(1, _zoom.Count(HttpMethod.Get, Path));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task What_is_no_id_is_not_asked_for(string id)
    {
        var webinar = Webinar("webinar.ended", 81234567893, _uuid);
        webinar["payload"]!["object"]!["host_id"] = id;
        Assert.Equal("unassigned", await OwnerAsync(ZoomSamples.EventOf(webinar)));
        Assert.DoesNotContain(_zoom.Zoom.Requests.All, request => request.Path.StartsWith("/v2", StringComparison.Ordinal) && !request.Path.EndsWith(_carol.Email, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("phone.call_log_deleted", """{"call_logs":[{"id":"1"}],"user_id":"ID"}""")]
    [InlineData("video_management.channel_published", """{"channel_id":"c","name":"Sales","owner_id":"ID"}""")]
    [InlineData("group.member_added", """{"id":"g","members":[{"id":"ID"}]}""")]
    [InlineData("contact_center.user_deleted", """{"users":[{"user_id":"ID"}]}""")]
    [InlineData("meeting.participant_admitted", """{"id":"1","participant":{"user_id":"16778240","participant_user_id":"ID"}}""")]
    [InlineData("user.signed_in", """{"id":"ID"}""")]
    public async Task Whoever_is_named_by_an_id_alone_is_named_by_the_address_that_Zoom_knows(string name, string about)
    {
        var found = Assert.Single((await PlacesOfAsync(name, about.Replace("ID", _id, StringComparison.Ordinal))).Places);
        Assert.Contains(_carol.Email, AuditSentence.Of(found.AuditEvent), StringComparison.Ordinal);
        Assert.Equal(1, _zoom.Count(HttpMethod.Get, Path));
    }

    [Fact]
    public async Task Of_whom_Zoom_does_not_tell_the_sentence_is_silent_and_nothing_waits()
    {
        _zoom.Zoom.Faults.Add(new Fault(Path, 503, Times: 100));
        var (places, settled) = await PlacesOfAsync("phone.call_log_deleted", $$"""{"call_logs":[{"id":"1"}],"owner_email":"{{_carol.Email}}","user_id":"{{_id}}"}""");
        Assert.DoesNotContain("omebody", AuditSentence.Of(Assert.Single(places).AuditEvent), StringComparison.Ordinal);
        Assert.True(settled);
    }

    [Theory]
    [InlineData("""{"id":"1","participant":{"user_id":"16778240"}}""")]
    [InlineData("""{"id":"1","participant":{"id":"ID","user_name":"Carol"}}""")]
    [InlineData("""{"id":"1","participant":{"id":"ID","email":"guest@guest.example"}}""")]
    public async Task Nobody_is_asked_for_who_has_a_name_or_a_number_of_one_meeting(string about)
    {
        await PlacesOfAsync("meeting.participant_admitted", about.Replace("ID", _id, StringComparison.Ordinal));
        Assert.DoesNotContain(_zoom.Zoom.Requests.All, request => request.Path == Path || request.Path.EndsWith("16778240", StringComparison.Ordinal));
    }

    private Task<(IReadOnlyList<EventPlace> Places, bool Settled)> PlacesOfAsync(string name, string about) =>
        _app.Services.GetRequiredService<EventPlaces>().FindAsync(
            ZoomSamples.EventOf(new JsonObject { ["event"] = name, ["payload"] = new JsonObject { ["object"] = JsonNode.Parse(about) } }), Cancellation);

    private JsonObject Webinar(string name, long number, string uuid) => new()
    {
        ["event"] = name,
        ["payload"] = new JsonObject { ["object"] = new JsonObject { ["id"] = $"{number}", ["uuid"] = uuid, ["host_id"] = _id, ["topic"] = "All hands", ["type"] = 5 } },
    };

    private JsonObject Streamed(string uuid) => new()
    {
        ["event"] = "webinar.rtms_started",
        ["payload"] = new JsonObject { ["webinar_uuid"] = uuid, ["operator_id"] = _id, ["rtms_stream_id"] = "s" },
    };

    private async Task<string> OwnerAsync(AuditEvent auditEvent) =>
        Assert.Single((await _app.Services.GetRequiredService<EventPlaces>().FindAsync(auditEvent, Cancellation)).Places).Organization;

    private async Task<JsonNode> FirstAsync(string action) => await Wait.ForAsync(action, async () =>
        (await _app.As(Accounts.Audrey.In(_carol.OrganizationId!)).GetAsync($"audit?action={action}")).Json["records"]!.AsArray().FirstOrDefault());

    private Task SendAsync(JsonObject webhook) => SignedWebhook.DeliverAsync(_app, webhook, own.Cloud.Secrets["zoom-webhook-secret"]);
}
