using System.Security.Cryptography;
using System.Text;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Webhooks.Zoom;

namespace SecureZoom.Functions.Tests.Webhooks;

/// <summary>Which deliveries of Zoom's tell of the same event.</summary>
public sealed class EventIdTests(Cloud cloud)
{
    private const string Name = "Secrets:storage-seal-key";
    private const string Body = """
        {"event":"recording.completed","event_ts":1764000000000,"download_token":"a",
         "payload":{"account_id":"acct","operator":"alice@acme.example","object":{"id":85012345678,"uuid":"u==","topic":"Ä/B","host_id":"h",
         "share_url":"https://zoom.example/a","recording_files":[{"id":"f","file_size":7,"download_url":"https://zoom.example/b"}]}}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"download_token\":\"a\"", "\"download_token\":\"b\"")]
    [InlineData("https://zoom.example/a", "https://zoom.example/c?pwd=1")]
    [InlineData("https://zoom.example/b", "https:\\/\\/zoom.example\\/d")]
    [InlineData("\"Ä/B\"", "\"\\u00c4\\/B\"")]
    [InlineData("\"uuid\":\"u==\",\"topic\":\"Ä/B\"", "\"topic\":\"Ä/B\", \"uuid\":\"u==\"")]
    [InlineData("\"event_ts\":1764000000000", "\"event_ts\":\"1764000000000\"")]
    public async Task What_differs_in_tokens_addresses_escapes_or_order_alone_is_the_same(string was, string becomes) =>
        Assert.Equal(await IdAsync(Body), await IdAsync(Changed(was, becomes)));

    [Theory]
    [InlineData("recording.completed", "recording.trashed")]
    [InlineData("1764000000000", "1764000000001")]
    [InlineData("\"u==\"", "\"v==\"")]
    [InlineData("Ä/B", "Ä/C")]
    [InlineData("alice@acme.example", "bob@acme.example")]
    [InlineData("\"id\":\"f\"", "\"id\":\"g\"")]
    [InlineData("\"account_id\":\"acct\"", "\"account_id\":\"other\"")]
    public async Task What_differs_in_what_is_kept_is_another_also_in_the_same_millisecond(string was, string becomes) =>
        Assert.NotEqual(await IdAsync(Body), await IdAsync(Changed(was, becomes)));

    [Fact]
    public async Task Without_a_time_another_body_is_another()
    {
        var body = Changed("\"event_ts\":1764000000000,", "");
        Assert.Equal(await IdAsync(body), await IdAsync(body));
        Assert.NotEqual(await IdAsync(body), await IdAsync(body.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_redelivery_over_a_rotation_of_the_key_is_the_same()
    {
        var next = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var rotated = new Dictionary<string, string?> { [Name] = null, [$"{Name}:0"] = next, [$"{Name}:1"] = cloud.Secrets["storage-seal-key"] };
        Assert.Equal(await IdAsync(Body), await IdAsync(Body, rotated));
        Assert.NotEqual(await IdAsync(Body), await IdAsync(Body, new() { [Name] = next }));
    }

    private static string Changed(string was, string becomes)
    {
        Assert.Contains(was, Body, StringComparison.Ordinal);
        return Body.Replace(was, becomes, StringComparison.Ordinal);
    }

    private async Task<string> IdAsync(string body, Dictionary<string, string?>? secrets = null)
    {
        using var webhook = Webhook.Parse(Encoding.UTF8.GetBytes(body));
        var ids = await EventId.OpenAsync(cloud.SecretStore(secrets), Cancellation);
        return webhook.ToEvent(new WebhookProof(["acct", "other"], new SecretVersion("s")), ids, DateTimeOffset.UtcNow).Id;
    }
}
