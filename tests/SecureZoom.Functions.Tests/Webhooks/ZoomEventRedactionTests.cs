using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Webhooks.Zoom;

namespace SecureZoom.Functions.Tests.Webhooks;

public sealed class ZoomEventRedactionTests
{
    [Theory]
    [InlineData("meeting.created")]
    [InlineData("meeting.updated")]
    [InlineData("recording.completed")]
    [InlineData("phone.call_ended")]
    [InlineData("user.created")]
    public void What_must_not_be_kept_is_on_no_list(string name)
    {
        var secretive = new JsonObject
        {
            ["id"] = 81234567890,
            ["password"] = "SECRET-1",
            ["encrypted_password"] = "SECRET-2",
            ["pstn_password"] = "SECRET-3",
            ["h323_password"] = "SECRET-4",
            ["join_url"] = "https://zoom.us/j/1?pwd=SECRET-5",
            ["start_url"] = "https://zoom.us/s/1?zak=SECRET-6",
            ["recording_files"] = new JsonArray(new JsonObject { ["id"] = "f", ["download_url"] = "SECRET-7", ["play_url"] = "SECRET-8" }),
            ["settings"] = new JsonObject { ["waiting_room"] = true, ["global_dial_in_numbers"] = new JsonArray("SECRET-9") },
            ["anything_new"] = new JsonObject { ["deep"] = "SECRET-10" },
        };
        var body = new JsonObject
        {
            ["event"] = name,
            ["download_token"] = "SECRET-11",
            ["payload"] = new JsonObject { ["account_id"] = "acct", ["object"] = secretive, ["old_object"] = secretive.DeepClone() },
        };

        using var webhook = Functions.Webhooks.Zoom.Webhook.Parse(Encoding.UTF8.GetBytes(body.ToJsonString()));
        var auditEvent = webhook.ToEvent(new WebhookProof(["acct"], new SecretVersion("s")), new EventId(new StableMac(new SecretVersion("seal"), "event-id")), DateTimeOffset.UtcNow);

        var kept = AuditMessage.Seal(Story.Entry(auditEvent), new SecretVersion("key"));
        Assert.DoesNotContain("SECRET", kept, StringComparison.Ordinal);
        Assert.Contains("81234567890", kept, StringComparison.Ordinal);
    }
}
