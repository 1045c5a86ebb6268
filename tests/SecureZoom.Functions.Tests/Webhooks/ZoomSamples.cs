using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Webhooks.Zoom;

namespace SecureZoom.Functions.Tests.Webhooks;

/// <summary>
/// A payload of each event that Zoom publishes samples of, <c>vectors/zoom-events.json</c>, an event a line: the members are Zoom's, the
/// values ours. Every value that the trail must not hold begins with <see cref="Secret"/>.
/// </summary>
internal static class ZoomSamples
{
    public const string Secret = "SECRET-";

    public static EventId Ids { get; } = new(new StableMac(new SecretVersion("the seal"), "event-id"));

    public static IReadOnlyList<JsonObject> All { get; } = [.. JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors/zoom-events.json")))!.AsArray().Select(sample => sample!.AsObject())];

    /// <summary>The event that the webhook makes of a payload.</summary>
    public static AuditEvent EventOf(JsonNode sample, DateTimeOffset? now = null)
    {
        using var webhook = Webhook.Parse(Encoding.UTF8.GetBytes(sample.ToJsonString()));
        return webhook.ToEvent(new WebhookProof([Cloud.ZoomAccountId], new SecretVersion("the secret")), Ids, now ?? DateTimeOffset.UtcNow);
    }
}
