using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Webhooks.Zoom;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Webhooks;

/// <summary>Zoom's webhooks: what is genuine is kept whatever its bytes, what is not is refused before it is read.</summary>
public sealed class WebhookTests(Cloud cloud) : IAsyncLifetime
{
    private App _app = null!;

    private static EventId Ids { get; } = new(new StableMac(new SecretVersion("the seal"), "event-id"));

    public static TheoryData<string, string> OddBodies => new()
    {
        { "emoji", """{"event":"NAME","payload":{"object":{"topic":"🎉 party"}}}""" },
        { "escaped", """{"event":"NAME","payload":{"object":{"topic":"\u00e4\/\ud83c\udf89"}}}""" },
        { "unescaped", """{"event":"NAME","payload":{"object":{"topic":"ä/é"}}}""" },
        { "lone surrogate", """{"event":"NAME","payload":{"object":{"topic":"half \ud83c gone"}}}""" },
        { "lone surrogate in a name", """{"event":"NAME","payload":{"\udc00":1,"object":{"topic":"x"}}}""" },
        { "numbers as strings", """{"event":"NAME","event_ts":"1764000000000","payload":{"object":{"id":"12","duration":"60"}}}""" },
        { "odd whitespace", "\r\n\t{ \"event\" :\"NAME\" ,\n\"payload\"\t:{ } }\n\n" },
        { "members twice", """{"event":"other","event":"NAME","payload":{}}""" },
        { "wrong types", """{"event":"NAME","event_ts":{},"payload":[1,2]}""" },
        { "no payload", """{"event":"NAME"}""" },
        { "huge numbers", """{"event":"NAME","event_ts":99999999999999999999,"payload":{"object":{"id":1e400}}}""" },
    };

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [MemberData(nameof(OddBodies))]
    public async Task Odd_bytes_verify_and_are_kept(string kind, string body)
    {
        var name = $"odd.{kind.Replace(' ', '_')}_{Guid.NewGuid():N}";
        var bytes = Encoding.UTF8.GetBytes(body.Replace("NAME", name, StringComparison.Ordinal));
        await DeliverAsync(bytes);

        var record = await Wait.ForAsync($"the event with {kind}", async () =>
            (await _app.As(Accounts.Olive).GetAsync($"audit?organization=unassigned&action={name}")).Json["records"]?.AsArray().FirstOrDefault());
        // Who has the body has not the id: it confirms nobody's guess.
        Assert.DoesNotContain((string)record["id"]!, Convert.ToHexStringLower(SHA256.HashData(bytes)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_verify_and_are_kept()
    {
        var name = $"odd.bytes_{Guid.NewGuid():N}";
        byte[] bytes = [.. Encoding.UTF8.GetBytes($"{{\"event\":\"{name}\",\"payload\":{{\"object\":{{\"topic\":\"x"), 0xff, 0xfe, .. "\"}}}"u8];
        await DeliverAsync(bytes);
        await Wait.ForAsync("the event", async () =>
            (await _app.As(Accounts.Olive).GetAsync($"audit?organization=unassigned&action={name}")).Json["records"]?.AsArray().FirstOrDefault());
    }

    [Fact]
    public async Task The_same_delivery_again_is_recorded_once()
    {
        var name = $"again.event_{Guid.NewGuid():N}";
        var bytes = Encoding.UTF8.GetBytes($$"""{"event":"{{name}}"}""");
        for (var delivery = 0; delivery < 5; delivery++)
        {
            await DeliverAsync(bytes, sent: DateTimeOffset.UtcNow.AddMinutes(-delivery));
        }

        var marker = $"after.event_{Guid.NewGuid():N}";
        await DeliverAsync(Encoding.UTF8.GetBytes($$"""{"event":"{{marker}}"}"""));
        await Wait.ForAsync("the marker", async () =>
            (await _app.As(Accounts.Olive).GetAsync($"audit?organization=unassigned&action={marker}")).Json["records"]!.AsArray().FirstOrDefault());
        Assert.Single((await _app.As(Accounts.Olive).GetAsync($"audit?organization=unassigned&action={name}")).Json["records"]!.AsArray());
    }

    [Fact]
    public async Task A_challenge_is_answered_with_the_secret_that_verified_it()
    {
        var answer = await SendAsync("""{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}"""u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("qgg8vlvZRS6UYooatFL8Aw", (string?)answer.Json["plainToken"]);
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(cloud.Secrets["zoom-webhook-secret"]), "qgg8vlvZRS6UYooatFL8Aw"u8);
        Assert.Equal(Convert.ToHexStringLower(expected), (string?)answer.Json["encryptedToken"]);
    }

    [Theory]
    [InlineData("v0:1764000000:{}")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_plain_token_that_could_be_a_message_is_not_signed(string token)
    {
        var body = new JsonObject { ["event"] = "endpoint.url_validation", ["payload"] = new JsonObject { ["plainToken"] = token } };
        var answer = await SendAsync(Encoding.UTF8.GetBytes(body.ToJsonString()));
        Assert.Equal("invalid_request", answer.Code);
        Assert.DoesNotContain("encryptedToken", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_as_it_should_be_is_refused_precisely()
    {
        var body = """{"event":"meeting.started"}"""u8.ToArray();
        var now = DateTimeOffset.UtcNow;
        Assert.Equal("invalid_signature", (await SendAsync(body, secret: "another")).Code);
        Assert.Equal("stale_timestamp", (await SendAsync(body, sent: now.AddMinutes(-91))).Code);
        Assert.Equal("stale_timestamp", (await SendAsync(body, sent: now.AddMinutes(6))).Code);
        await DeliverAsync(body, sent: now.AddMinutes(-89));
        Assert.Equal("unsupported_media_type", (await SendAsync(body, mediaType: "text/plain")).Code);
        Assert.Equal("invalid_request", (await SendAsync("not json"u8.ToArray())).Code);
        Assert.Equal("invalid_request", (await SendAsync("[]"u8.ToArray())).Code);
        Assert.Equal("invalid_request", (await SendAsync("{}"u8.ToArray())).Code);
        Assert.Equal("body_too_large", (await SendAsync(new byte[(1024 * 1024) + 1])).Code);
        using var unsigned = new HttpRequestMessage(HttpMethod.Post, "webhook") { Content = SignedWebhook.Json(body) };
        Assert.Equal("invalid_signature", (await Answer.OfAsync(await _app.Http.SendAsync(unsigned, TestContext.Current.CancellationToken))).Code);
    }

    [Fact]
    public async Task Both_secrets_are_taken_while_one_is_rotated()
    {
        await using var app = await App.StartAsync(cloud, new Dictionary<string, string?>
        {
            ["Secrets:zoom-webhook-secret"] = null,
            ["Secrets:zoom-webhook-secret:0"] = "the new one",
            ["Secrets:zoom-webhook-secret:1"] = cloud.Secrets["zoom-webhook-secret"],
        });
        var challenge = """{"event":"endpoint.url_validation","payload":{"plainToken":"token"}}"""u8.ToArray();
        foreach (var secret in (string[])["the new one", cloud.Secrets["zoom-webhook-secret"]])
        {
            using var request = SignedWebhook.Request(challenge, secret);
            var answer = await Answer.OfAsync(await app.Http.SendAsync(request, TestContext.Current.CancellationToken));
            Assert.Equal(WebhookSignature.Answer(secret, "token"), (string?)answer.Json["encryptedToken"]);
        }
    }

    [Fact]
    public async Task An_account_whose_secret_is_not_set_is_not_the_others_trouble_and_where_none_is_set_it_is_ours()
    {
        var body = """{"event":"endpoint.url_validation","payload":{"plainToken":"token"}}"""u8.ToArray();
        var second = new Dictionary<string, string?>
        {
            ["Zoom:Accounts:1:AccountId"] = "acct_second",
            ["Zoom:Accounts:1:Organizations"] = "org_second",
            ["Zoom:Accounts:1:ClientId"] = "second-client-id",
            ["Zoom:Accounts:1:SdkClientId"] = "second-sdk-client-id",
            ["Zoom:Accounts:1:WebhookSecretName"] = "second-webhook-secret",
        };
        await using (var app = await App.StartAsync(cloud, second))
        {
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await AskAsync(app, cloud.Secrets["zoom-webhook-secret"]), await AskAsync(app, "another")));
        }

        second["Secrets:zoom-webhook-secret"] = null;
        await using var bare = await App.StartAsync(cloud, second);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(bare, "another"));

        async Task<HttpStatusCode> AskAsync(App app, string secret)
        {
            using var request = SignedWebhook.Request(body, secret);
            return (await app.Http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode;
        }
    }

    [Theory]
    [InlineData(1293839999999, false)]
    [InlineData(1293840000000, true)]
    [InlineData(1796083200000, true)]
    [InlineData(1796083200001, false)]
    [InlineData(253402300799999, false)]
    [InlineData(-1, false)]
    public void A_time_at_which_Zoom_can_have_had_no_event_is_that_of_receipt(long milliseconds, bool isTaken)
    {
        var now = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
        var body = Encoding.UTF8.GetBytes($$"""{"event":"meeting.started","event_ts":{{milliseconds}}}""");
        using var webhook = Webhook.Parse(body);

        var auditEvent = webhook.ToEvent(new WebhookProof(["acct"], new SecretVersion("the secret")), Ids, now);

        Assert.Equal(isTaken ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : now, auditEvent.OccurredAt);
    }

    [Fact]
    public async Task No_mutation_of_body_timestamp_or_signature_is_taken()
    {
        const int Seed = 20261124;
        var random = new Random(Seed);
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        var zoom = new ZoomOptions(new Uri("https://api.zoom.us/v2/"), new Uri("https://zoom.us/oauth/token"),
            [new ZoomAccount("acct", ["*"], "id", "sdk", "zoom-client-secret", "zoom-sdk-client-secret", "zoom-webhook-secret")]);
        var verifier = new WebhookVerifier(
            new WebhookOptions(TimeSpan.FromMinutes(90), TimeSpan.FromMinutes(5)), new ZoomAccounts(zoom, () => CustomerSet.None), cloud.SecretStore(), time);
        var body = Encoding.UTF8.GetBytes("""{"event":"meeting.started","event_ts":1764000000000,"payload":{"account_id":"acct"}}""");
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = SignedWebhook.Sign(cloud.Secrets["zoom-webhook-secret"], timestamp, body);
        Assert.NotNull(await verifier.VerifyAsync(signature, timestamp, body, TestContext.Current.CancellationToken));

        for (var round = 0; round < 20_000; round++)
        {
            var (mutantSignature, mutantTimestamp, mutantBody) = (signature, timestamp, body);
            switch (round % 3)
            {
                case 0:
                    mutantBody = Mutate(random, body);
                    break;
                case 1:
                    mutantTimestamp = Encoding.Latin1.GetString(Mutate(random, Encoding.Latin1.GetBytes(timestamp)));
                    break;
                default:
                    mutantSignature = Encoding.Latin1.GetString(Mutate(random, Encoding.Latin1.GetBytes(signature)));
                    break;
            }

            if ((mutantSignature, mutantTimestamp) == (signature, timestamp) && mutantBody.AsSpan().SequenceEqual(body))
            {
                continue;
            }

            await Assert.ThrowsAsync<WebhookException>(() =>
                verifier.VerifyAsync(mutantSignature, mutantTimestamp, mutantBody, TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Changes, removes, adds or repeats a few bytes.</summary>
    private static byte[] Mutate(Random random, byte[] original)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 4); change > 0 && bytes.Count > 0; change--)
        {
            var index = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[index] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(index);
                    break;
                case 2:
                    bytes.Insert(index, (byte)random.Next(256));
                    break;
                default:
                    bytes.Add(bytes[index]);
                    break;
            }
        }

        return [.. bytes];
    }

    private Task DeliverAsync(byte[] body, DateTimeOffset? sent = null) => Delivery.MakeAsync("the webhook", () => SendAsync(body, sent: sent));

    private async Task<Answer> SendAsync(
        byte[] body, string? secret = null, DateTimeOffset? sent = null, string mediaType = "application/json")
    {
        using var request = SignedWebhook.Request(body, secret ?? cloud.Secrets["zoom-webhook-secret"], sent ?? DateTimeOffset.UtcNow, mediaType);
        return await Answer.OfAsync(await _app.Http.SendAsync(request, TestContext.Current.CancellationToken));
    }
}
