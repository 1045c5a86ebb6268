using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Intake;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Intake;

/// <summary>What comes off the queue: planted messages, events without an owner.</summary>
public sealed class AuditEventProcessorTests(Cloud cloud) : IAsyncLifetime
{
    private App _app = null!;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("not ours at all")]
    [InlineData("v1.")]
    [InlineData("{\"action\":\"meeting.created\",\"organization\":\"org_acme\"}")]
    public async Task A_planted_message_is_quarantined_byte_for_byte(string message)
    {
        var unique = $"{message} {Guid.NewGuid():N}";
        await Queue().SendMessageAsync(unique, TestContext.Current.CancellationToken);
        await AssertQuarantinedAsync(Encoding.UTF8.GetBytes(unique));
    }

    [Fact]
    public async Task A_planted_message_that_is_no_text_is_quarantined_at_once()
    {
        byte[] message = [0xff, 0xfe, .. Guid.NewGuid().ToByteArray()];
        await Queue().SendMessageAsync(BinaryData.FromBytes(message), cancellationToken: TestContext.Current.CancellationToken);
        await AssertQuarantinedAsync(message);
    }

    [Fact]
    public async Task A_record_sealed_with_another_key_is_quarantined()
    {
        var planted = AuditMessage.Seal(
            Story.Entry(Story.Event(action: "planted") with { Organization = "org_acme" }), new SecretVersion("not the key"));
        await Queue().SendMessageAsync(planted, TestContext.Current.CancellationToken);
        await AssertQuarantinedAsync(Encoding.UTF8.GetBytes(planted));
        Assert.Empty((await _app.As(Accounts.Carol).GetAsync("audit?action=planted")).Json["records"]!.AsArray());
    }

    [Fact]
    public async Task An_event_without_a_meeting_goes_to_unassigned()
    {
        var name = $"phone.event_{Guid.NewGuid():N}";
        await TellAsync(name, []);
        await Wait.ForAsync("the event in unassigned", async () =>
            (await _app.As(Accounts.Olive).GetAsync($"audit?organization=unassigned&action={name}")).Json["records"]!.AsArray().FirstOrDefault());
    }

    [Fact]
    public async Task An_event_that_overtakes_the_owner_waits_for_it()
    {
        var number = 81_000_000_000 + RandomNumberGenerator.GetInt32(1_000_000_000);
        var name = $"meeting.event_{Guid.NewGuid():N}";
        await TellAsync(name, new() { ["object"] = new JsonObject { ["id"] = $"{number}" } });
        await _app.Services.GetRequiredService<MeetingRegistry>().AddAsync(
            new RegisteredMeeting("org_globex", MeetingNumber.From(number)!.Value, Cloud.ZoomAccountId, new MeetingSnapshot()),
            DateTimeOffset.UtcNow,
            TestContext.Current.CancellationToken);

        await Wait.ForAsync("the event in its owner's trail", async () =>
            (await _app.As(Accounts.Olive).GetAsync($"audit?organization=org_globex&action={name}")).Json["records"]!.AsArray().FirstOrDefault());
    }

    [Fact]
    public async Task Of_an_event_with_too_much_in_it_all_is_kept_but_the_length_of_its_texts()
    {
        var name = $"recording.event_{Guid.NewGuid():N}";
        var files = Enumerable.Range(0, 15).Select(_ => new JsonObject { ["status"] = new string('s', 2000) });
        await TellAsync(name, new() { ["object"] = new JsonObject { ["recording_files"] = new JsonArray([.. files]) } });

        var record = await Wait.ForAsync("the event in unassigned", async () =>
            (await _app.As(Accounts.Olive).GetAsync($"audit?organization=unassigned&action={name}")).Json["records"]!.AsArray().FirstOrDefault());
        var kept = record["details"]!["object"]!["recording_files"]!.AsArray();
        Assert.Equal(15, kept.Count);
        Assert.All(kept, file => Assert.Equal((256, 2000), (((string)file!["status"]!).Length, (int)file["status_total"]!)));
    }

    [Fact]
    public async Task A_sub_account_that_takes_the_app_out_is_no_word_against_the_account()
    {
        var account = $"acct_{Guid.NewGuid():N}";
        var told = Story.Event(action: "app_deauthorized", source: "zoom") with { AccountId = account, Whose = new EventOwner { IsAccounts = true, IsSubAccounts = true } };
        await _app.Services.GetRequiredService<AuditEventProcessor>().ProcessAsync(new SealedEntry([], Story.Entry(told)), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(_app.Logs.Lines, line => (string?)line.Properties["Account"] == account);
    }

    private Task TellAsync(string name, JsonObject payload)
    {
        payload["account_id"] = Cloud.ZoomAccountId;
        var webhook = new JsonObject { ["event"] = name, ["event_ts"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["payload"] = payload };
        return SignedWebhook.DeliverAsync(_app, webhook, cloud.Secrets["zoom-webhook-secret"]);
    }

    private QueueClient Queue() => new(
        cloud.Storage.ConnectionString, AuditRecorder.QueueName, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    private async Task AssertQuarantinedAsync(byte[] message)
    {
        var container = new BlobContainerClient(cloud.Storage.ConnectionString, AuditQuarantine.ContainerName);
        var hash = Convert.ToHexStringLower(SHA256.HashData(message));
        var blob = await Wait.ForAsync("the message in quarantine", async () =>
        {
            try
            {
                return await container.GetBlobsAsync(cancellationToken: TestContext.Current.CancellationToken)
                    .FirstOrDefaultAsync(found => found.Name.EndsWith(hash, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            }
            catch (Azure.RequestFailedException exception) when (exception.Status == 404)
            {
                return null;
            }
        });
        var kept = await container.GetBlobClient(blob.Name).DownloadContentAsync(TestContext.Current.CancellationToken);
        Assert.Equal(message, kept.Value.Content.ToArray());
    }
}
