using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Intake;

/// <summary>Zoom delivers an event at least once, in any order, and again after an hour.</summary>
[Collection(OwnCloud.Name)]
public sealed class ComingAgainTests(OwnCloud own) : IAsyncLifetime
{
    private const string Number = "81234567899";

    private readonly Account _alice = Accounts.Alice.In($"org_again_{Guid.NewGuid():N}");
    private App _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(own.Cloud);
        await _app.As(_alice).GetAsync("me");
        await _app.Services.GetRequiredService<MeetingRegistry>().AddAsync(
            new RegisteredMeeting(_alice.OrganizationId!, MeetingNumber.From(81234567899)!.Value, Cloud.ZoomAccountId, new MeetingSnapshot { Topic = "Planning", HostEmail = _alice.Email }),
            DateTimeOffset.UtcNow,
            TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Who_left_and_came_back_has_one_record_of_each_whatever_comes_again()
    {
        var at = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds();
        // She left, came back as another, and that she left comes again, later than that she came back.
        foreach (var (what, seconds, id) in ((string, int, string)[])[("left", 0, "1"), ("joined", 10, "2"), ("left", 0, "1"), ("joined", 10, "2"), ("left", 20, "2")])
        {
            await SendAsync($"participant_{what}", at + (1000 * seconds), new() { ["user_id"] = id, ["user_name"] = "Ann", ["email"] = "ann@guest.example" });
        }

        var left = await Wait.ForAsync("both", async () => await ReadAsync("left") is { Count: 2 } all ? all : null);
        Assert.Equal([at, at + 20_000], left.Select(one => ((DateTimeOffset)one!["occurredAt"]!).ToUnixTimeMilliseconds()).Order());
        // Behind what comes again, an event that shows that it has come off the queue.
        await SendAsync("participant_left_waiting_room", at, new() { ["user_name"] = "Ben" });
        await Wait.ForAsync("the last", async () => (await ReadAsync("left_waiting_room")).FirstOrDefault());
        Assert.Equal((2, 1), ((await ReadAsync("left")).Count, (await ReadAsync("joined")).Count));
    }

    private Task SendAsync(string what, long at, JsonObject participant) => SignedWebhook.DeliverAsync(
        _app,
        new JsonObject
        {
            ["event"] = $"meeting.{what}",
            ["event_ts"] = at,
            ["payload"] = new JsonObject { ["object"] = new JsonObject { ["id"] = Number, ["participant"] = participant } },
        },
        own.Cloud.Secrets["zoom-webhook-secret"]);

    private async Task<JsonArray> ReadAsync(string what) =>
        (await _app.As(Accounts.Audrey.In(_alice.OrganizationId!)).GetAsync($"audit?action=meeting.participant_{what}")).Json["records"]!.AsArray();
}
