using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
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

    private static async Task SeeAsync(App app, string what, Func<JsonNode?, bool> isSo) => await Wait.ForAsync(what, async () =>
        isSo((await app.As(Alice).GetAsync("meetings")).Json["meetings"]!.AsArray().SingleOrDefault()) ? "" : null);
}
