using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>The registry follows what happens to a meeting at Zoom without us.</summary>
[Collection(OwnCloud.Name)]
public sealed class MeetingProjectionTests(OwnCloud own)
{
    private static readonly Account Alice = Accounts.Alice.In("org_follower");

    [Fact]
    public async Task Changes_starts_ends_and_deletions_come_by_webhook()
    {
        await using var zoom = await OwnZoom.StartAsync(own.Cloud);
        await using var app = await App.StartAsync(own.Cloud, zoom.Settings);
        zoom.Zoom.WebhookTarget = new Uri(app.Http.BaseAddress!, "webhook");
        var created = await app.As(Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Here" });
        var number = created.Json["id"]!.ToString();

        await zoom.CallAsync(HttpMethod.Patch, $"meetings/{number}", new JsonObject { ["topic"] = "Elsewhere" });
        await SeeAsync(app, "the new topic", meeting => (string?)meeting?["topic"] == "Elsewhere");
        await zoom.LetAsync("start", number);
        await SeeAsync(app, "the start", meeting => (string?)meeting?["status"] == "started");
        await zoom.LetAsync("end", number);
        await SeeAsync(app, "the end", meeting => (string?)meeting?["status"] == "ended");
        await zoom.CallAsync(HttpMethod.Delete, $"meetings/{number}");
        await SeeAsync(app, "the deletion", meeting => meeting is null);
        var signed = await app.As(Alice).PostAsync("signature", new JsonObject { ["meetingNumber"] = number });
        Assert.Equal("meeting_not_found", signed.Code);
    }

    [Fact]
    public async Task A_deletion_that_overtakes_its_create_waits_for_it()
    {
        // An account of one organisation alone, whose events have their trail at once.
        var organization = $"org_overtaken_{Guid.NewGuid():N}";
        await using var zoom = await OwnZoom.StartAsync(own.Cloud);
        await using var app = await App.StartAsync(own.Cloud, new(zoom.Settings) { ["Zoom:Accounts:0:Organizations"] = organization });
        zoom.Zoom.WebhookTarget = new Uri(app.Http.BaseAddress!, "webhook");
        var created = await zoom.CallAsync(HttpMethod.Post, "users/alice@acme.example/meetings", new JsonObject { ["topic"] = "Short" });
        var number = MeetingNumber.From((long)created!["id"]!)!.Value;
        await zoom.CallAsync(HttpMethod.Delete, $"meetings/{number}");
        await zoom.Zoom.WhenDeliveredAsync();
        // The create's record is there before the deletion's, since the deletion waits.
        var auditor = app.As(Accounts.Audrey.In(organization));
        await Wait.ForAsync("the create's event", async () => await FirstAsync(auditor, "meeting.created"));
        Assert.Null(await FirstAsync(auditor, "meeting.deleted"));

        await app.Services.GetRequiredService<MeetingRegistry>().AddAsync(
            new RegisteredMeeting(organization, number, Cloud.ZoomAccountId, new MeetingSnapshot { Topic = "Short", HostEmail = Alice.Email }),
            DateTimeOffset.UtcNow,
            TestContext.Current.CancellationToken);
        await Wait.ForAsync("the deletion's event", async () => await FirstAsync(auditor, "meeting.deleted"));
        await Wait.ForAsync("the deletion", async () =>
            (await app.As(Accounts.Alice.In(organization)).GetAsync("meetings")).Json["meetings"]!.AsArray().Count == 0 ? "" : null);
    }

    private static async Task<JsonNode?> FirstAsync(Person auditor, string action) =>
        (await auditor.GetAsync($"audit?action={action}")).Json["records"]!.AsArray().FirstOrDefault();

    private static async Task SeeAsync(App app, string what, Func<JsonNode?, bool> isSo) => await Wait.ForAsync(what, async () =>
        isSo((await app.As(Alice).GetAsync("meetings")).Json["meetings"]!.AsArray().SingleOrDefault()) ? "" : null);
}
