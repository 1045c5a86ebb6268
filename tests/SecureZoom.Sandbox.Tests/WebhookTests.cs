using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Zoom;

namespace SecureZoom.Sandbox.Tests;

public sealed class WebhookTests : IAsyncLifetime
{
    private ZoomStandIn _zoom = null!;
    private ZoomClient _client = null!;
    private WebhookReceiver _receiver = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync(ZoomClient.WebhookSecret);
        _zoom = await ZoomStandIn.StartAsync(
            ZoomClient.Options with
            {
                WebhookTarget = _receiver.Address,
                WebhookRetries = [TimeSpan.Zero, TimeSpan.FromMilliseconds(1)],
            },
            Cancellation);
        _client = new ZoomClient(_zoom);
        await _client.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _zoom.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_meetings_life_is_told_in_Zooms_envelopes()
    {
        var meeting = await _client.CreateMeetingAsync(new() { ["topic"] = "Größe 🎉" });
        var path = $"v2/meetings/{meeting["id"]}";
        (await _client.SendAsync(HttpMethod.Patch, path, new JsonObject { ["topic"] = "New" })).Dispose();
        (await _client.LetHappenAsync(meeting, "start")).Dispose();
        (await _client.LetHappenAsync(meeting, "join", new() { ["user_name"] = "Bob", ["customer_key"] = "key" })).Dispose();
        (await _client.LetHappenAsync(meeting, "leave", new() { ["user_name"] = "Bob" })).Dispose();
        (await _client.SendAsync(HttpMethod.Put, $"{path}/status", new JsonObject { ["action"] = "end" })).Dispose();
        (await _client.SendAsync(HttpMethod.Delete, path)).Dispose();
        await _zoom.WhenDeliveredAsync();

        var created = await NextAsync("meeting.created");
        Assert.Equal("Größe 🎉", (string?)created.Meeting["topic"]);
        Assert.Equal(JsonValueKind.Number, created.Meeting["id"]!.GetValueKind());
        Assert.Equal(("alice@acme.example", "single"), ((string?)created.Event["payload"]!["operator"], (string?)created.Event["payload"]!["operation"]));
        Assert.NotNull(created.Meeting["password"]);
        var updated = await NextAsync("meeting.updated");
        Assert.Equal("New", (string?)updated.Meeting["topic"]);
        Assert.Equal("Größe 🎉", (string?)updated.Event["payload"]!["old_object"]!["topic"]);
        Assert.Equal(["uuid", "id", "topic"], updated.Meeting.AsObject().Select(member => member.Key));
        var started = await NextAsync("meeting.started");
        Assert.Equal(meeting["id"]!.ToString(), started.Meeting["id"]!.GetValue<string>());
        var joined = await NextAsync("meeting.participant_joined");
        Assert.Equal(("Bob", "key"), ((string?)joined.Meeting["participant"]!["user_name"], (string?)joined.Meeting["participant"]!["customer_key"]));
        Assert.NotNull(joined.Meeting["participant"]!["join_time"]);
        Assert.NotNull((await NextAsync("meeting.participant_left")).Meeting["participant"]!["leave_reason"]);
        Assert.NotNull((await NextAsync("meeting.ended")).Meeting["end_time"]);
        await NextAsync("meeting.deleted");
    }

    [Fact]
    public async Task A_change_or_a_deletion_of_one_occurrence_says_so_and_names_it()
    {
        var series = await _client.CreateMeetingAsync(new()
        {
            ["topic"] = "Series",
            ["type"] = 8,
            ["start_time"] = "2090-01-01T10:00:00Z",
            ["recurrence"] = new JsonObject { ["type"] = 1, ["end_times"] = 2 },
        });
        var path = $"v2/meetings/{series["id"]}";
        var occurrence = (string?)series["occurrences"]![0]!["occurrence_id"];
        (await _client.SendAsync(HttpMethod.Patch, $"{path}?occurrence_id={occurrence}", new JsonObject { ["duration"] = 15 })).Dispose();
        (await _client.SendAsync(HttpMethod.Delete, $"{path}?occurrence_id={occurrence}")).Dispose();
        (await _client.SendAsync(HttpMethod.Delete, path)).Dispose();
        await _zoom.WhenDeliveredAsync();

        var created = await NextAsync("meeting.created");
        Assert.Equal(("all", 2, 1), (
            (string?)created.Event["payload"]!["operation"], created.Meeting["occurrences"]!.AsArray().Count, (int)created.Meeting["recurrence"]!["type"]!));
        var updated = await NextAsync("meeting.updated");
        Assert.Equal(("single", 15), ((string?)updated.Event["payload"]!["scope"], (int)updated.Meeting["occurrences"]![0]!["duration"]!));
        var deleted = await NextAsync("meeting.deleted");
        Assert.Equal(("single", occurrence), (
            (string?)deleted.Event["payload"]!["operation"], (string?)Assert.Single(deleted.Meeting["occurrences"]!.AsArray())!["occurrence_id"]));
        Assert.Equal("all", (string?)(await NextAsync("meeting.deleted")).Event["payload"]!["operation"]);
    }

    [Fact]
    public async Task A_recording_event_carries_its_download_token()
    {
        (await _client.LetHappenAsync(await _client.CreateMeetingAsync(), "record")).Dispose();

        await NextAsync("meeting.created");
        Assert.NotEmpty((string)(await NextAsync("recording.completed")).Event["download_token"]!);
    }

    [Theory]
    [InlineData(new[] { 500, 503, 200 }, 3)]
    [InlineData(new[] { 500, 500, 500 }, 3)]
    [InlineData(new[] { 400 }, 1)]
    [InlineData(new[] { 200 }, 1)]
    public async Task It_is_sent_again_after_a_server_error_only(int[] answers, int deliveries)
    {
        _receiver.Answer(answers);

        await _client.CreateMeetingAsync();
        await _zoom.WhenDeliveredAsync();

        var bodies = new HashSet<string>();
        for (var i = 0; i < deliveries; i++)
        {
            bodies.Add(Encoding.UTF8.GetString((await NextAsync("meeting.created")).Body));
        }

        Assert.Single(bodies);
        Assert.False(_receiver.HasMore);
    }

    [Fact]
    public async Task An_app_that_is_down_does_not_hold_up_the_answer()
    {
        _zoom.WebhookTarget = new Uri("http://localhost:1/");

        await _client.CreateMeetingAsync();
        await _zoom.WhenDeliveredAsync();

        Assert.False(_receiver.HasMore);
    }

    [Fact]
    public async Task A_webhook_can_be_made_to_overtake_the_answer()
    {
        await using var zoom = await ZoomStandIn.StartAsync(
            ZoomClient.Options with { WebhookTarget = _receiver.Address, WebhooksOvertake = true }, Cancellation);
        using var client = new ZoomClient(zoom);
        await client.SignInAsync();

        await client.CreateMeetingAsync();

        Assert.True(_receiver.HasMore);
    }

    [Fact]
    public async Task An_event_of_ones_own_is_completed_signed_and_delivered()
    {
        _receiver.Answer(503);

        using var response = await _client.SendRawAsync(
            HttpMethod.Post, "sandbox/events", """{"event":"meeting.odd","payload":{"object":{"id":"1","topic":"ü 🎉 \u0000"}}}""");

        var received = await NextAsync("meeting.odd");
        Assert.Equal(503, (int?)(await Browser.ReadAsync(response))["status"]);
        Assert.Equal(ZoomClient.AccountId, (string?)received.Event["payload"]!["account_id"]);
        Assert.True((long)received.Event["event_ts"]! > 1_700_000_000_000);
        Assert.Contains("ü", Encoding.UTF8.GetString(received.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Odd_bytes_travel_as_they_are_and_the_signature_is_theirs()
    {
        byte[] odd = [0xEF, 0xBB, 0xBF, (byte)'{', 0xFF, 0x00, (byte)'\r', (byte)'\n', (byte)' '];
        using var request = new HttpRequestMessage(HttpMethod.Post, "sandbox/events");
        request.Content = new ByteArrayContent(odd) { Headers = { ContentType = new("application/json") } };
        request.Headers.Add("Sandbox-Raw", "true");
        request.Headers.Add("Sandbox-Timestamp", "1700000000");
        using var response = await _client.SendAsync(request);

        var received = await _receiver.NextAsync();
        Assert.Equal(200, (int?)(await Browser.ReadAsync(response))["status"]);
        Assert.Equal(odd, received.Body);
        Assert.Equal("1700000000", received.Timestamp);
        Assert.True(received.IsSigned);
    }

    [Fact]
    public async Task Tests_can_send_events_without_http()
    {
        Assert.Equal(200, await _zoom.SendAsync(new JsonObject { ["event"] = "meeting.odd" }, Cancellation));
        await NextAsync("meeting.odd");

        _zoom.WebhookTarget = null;
        Assert.Equal(0, await _zoom.SendAsync(new JsonObject { ["event"] = "meeting.odd" }, Cancellation));
    }

    [Fact]
    public async Task The_challenge_is_sent_and_its_answer_checked()
    {
        using var good = await _client.SendAsync(HttpMethod.Post, "sandbox/validate-webhook", new JsonObject());
        await NextAsync("endpoint.url_validation");
        _receiver.Answer(401);
        using var bad = await _client.SendAsync(HttpMethod.Post, "sandbox/validate-webhook", new JsonObject());

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.True((bool?)(await Browser.ReadAsync(good))["valid"]);
        Assert.False((bool?)(await Browser.ReadAsync(bad))["valid"]);
    }

    private async Task<WebhookReceiver.Received> NextAsync(string name)
    {
        var received = await _receiver.NextAsync();
        Assert.Equal(name, received.Name);
        Assert.True(received.IsSigned, "The signature is wrong.");
        return received;
    }
}
