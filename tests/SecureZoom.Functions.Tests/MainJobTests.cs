using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests;

/// <summary>The story that everything stands on: a host creates a meeting, people join, the trail tells of it.</summary>
public sealed class MainJobTests(Cloud cloud) : IAsyncLifetime
{
    private App _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(cloud);
        cloud.Zoom.WebhookTarget = new Uri(_app.Http.BaseAddress!, "webhook");
    }

    public async ValueTask DisposeAsync()
    {
        cloud.Zoom.WebhookTarget = null;
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_host_creates_a_meeting_and_is_the_only_one_to_host_it()
    {
        var created = await _app.As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Planning", ["duration"] = 60 });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var number = created.Json["id"]!.GetValue<long>();
        Assert.Equal($"/api/meetings/{number}", created.Headers.Location!.OriginalString);

        var host = await SignAsync(Accounts.Alice, number, role: 1);
        Assert.Equal(1, (int)host.Json["role"]!);
        Assert.NotNull(host.Json["zak"]);

        var employee = await SignAsync(Accounts.Bob, number, role: 1);
        Assert.Equal(0, (int)employee.Json["role"]!);
        Assert.Null(employee.Json["zak"]);

        var stranger = await SignAsync(Accounts.Dave, number, role: 0);
        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
        Assert.Equal("meeting_not_found", stranger.Code);
    }

    [Fact]
    public async Task The_trail_tells_of_the_app_s_action_and_of_Zoom_s_event()
    {
        var created = await _app.As(Accounts.Carol).PostAsync("meetings", new JsonObject { ["topic"] = "Board" });
        var number = created.Json["id"]!.ToString();
        foreach (var source in (string[])["app", "zoom"])
        {
            var record = await Wait.ForAsync($"meeting.created from {source}", async () =>
            {
                var page = await _app.As(Accounts.Carol).GetAsync($"audit?meeting={number}&action=meeting.created&source={source}");
                return page.Json["records"]!.AsArray().FirstOrDefault();
            });
            Assert.Equal("org_acme", (string?)record["organization"]);
        }
    }

    private Task<Answer> SignAsync(Account account, long number, int role) =>
        _app.As(account).PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = role });
}
