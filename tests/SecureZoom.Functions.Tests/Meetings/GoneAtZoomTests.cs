using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>A meeting that Zoom has no more is past from when it is noticed; what only looks like that closes nothing.</summary>
public sealed class GoneAtZoomTests(QuietCloud quiet) : IAsyncLifetime
{
    private readonly Account _alice = Accounts.Alice.In($"org_gone_{Guid.NewGuid():N}");
    private OwnZoom _zoom = null!;
    private App _app = null!;
    private string _number = "";

    private Person Alice => _app.As(_alice);

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zoom.Settings);
        _number = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Gone" })).Json["id"]!.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task Once_a_reading_finds_it_gone_nothing_opens_or_changes_it()
    {
        var invited = await Alice.PostAsync($"meetings/{_number}/invitations", new JsonObject { ["organization"] = "org_guests" });
        await _zoom.LetAsync("record", _number);
        await _zoom.LetAsync("expire", _number);
        Assert.Equal("meeting_not_found", (await Alice.GetAsync($"meetings/{_number}")).Code);

        var asked = _zoom.Zoom.Requests.All.Count;
        foreach (var (name, answer) in (List<(string, Answer)>)
        [
            ("sign", await Alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number })),
            ("host", await Alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number, ["role"] = 1 })),
            ("read", await Alice.GetAsync($"meetings/{_number}")),
            ("change", await Alice.PatchAsync($"meetings/{_number}", new JsonObject { ["topic"] = "Again" })),
            ("end", await Alice.PostAsync($"meetings/{_number}/end")),
            ("delete", await Alice.DeleteAsync($"meetings/{_number}")),
            ("invite", await Alice.PostAsync($"meetings/{_number}/invitations", new JsonObject { ["organization"] = "org_guests" })),
        ])
        {
            Assert.Equal((name, HttpStatusCode.NotFound, "meeting_not_found"), (name, answer.Status, answer.Code));
        }

        var guest = await _app.As(Accounts.Erin.In("org_guests")).PostAsync(
            "signature", new JsonObject { ["meetingNumber"] = _number, ["invitation"] = (string)invited.Json["invitation"]! });
        Assert.Equal("invalid_invitation", guest.Code);
        Assert.Equal(asked, _zoom.Zoom.Requests.All.Count);

        Assert.Equal("ended", (string?)(await Alice.GetAsync($"meetings/{_number}/details")).Json["status"]);
        Assert.Single((await Alice.GetAsync($"meetings/{_number}/recordings")).Json["recordings"]!.AsArray());
        Assert.Empty((await Alice.GetAsync("meetings")).Json["meetings"]!.AsArray());
        var listed = Assert.Single((await Alice.GetAsync("meetings?when=past")).Json["meetings"]!.AsArray());
        Assert.Equal("ended", (string?)listed!["status"]);
    }

    [Fact]
    public async Task Inviting_notices_it_too()
    {
        await _zoom.LetAsync("expire", _number);
        var invited = await Alice.PostAsync($"meetings/{_number}/invitations", new JsonObject { ["organization"] = "org_guests" });
        Assert.Equal("meeting_not_found", invited.Code);
        Assert.Equal("meeting_not_found", (await Alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number })).Code);
    }

    [Fact]
    public async Task A_404_without_Zoom_s_code_or_of_another_call_closes_nothing()
    {
        // The stand-in's faults have their status as code.
        _zoom.Zoom.Faults.Add(new Fault($"/v2/meetings/{_number}", 404));
        Assert.Equal("zoom_not_found", (await Alice.GetAsync($"meetings/{_number}")).Code);
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Patch, ""), (HttpMethod.Post, "/end"), (HttpMethod.Get, "/recordings"), (HttpMethod.Delete, "")])
        {
            _zoom.Zoom.Faults.Add(new Fault($"/v2/meetings/{_number}", 404));
            var body = method == HttpMethod.Patch ? new JsonObject { ["topic"] = "T" } : null;
            Assert.Equal("zoom_not_found", (await Alice.SendAsync(method, $"meetings/{_number}{path}", body)).Code);
        }

        Assert.Equal(HttpStatusCode.OK, (await Alice.GetAsync($"meetings/{_number}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number })).Status);
    }

    [Fact]
    public async Task A_deletion_that_Zoom_confirms_removes_it_and_one_that_it_does_not_removes_nothing()
    {
        await ProjectionOf.FollowAsync(_app, _alice, "meeting.deleted", _number, DateTimeOffset.UtcNow);
        Assert.Equal(HttpStatusCode.OK, (await Alice.GetAsync($"meetings/{_number}")).Status);

        await _zoom.CallAsync(HttpMethod.Delete, $"meetings/{_number}");
        await ProjectionOf.FollowAsync(_app, _alice, "meeting.deleted", _number, DateTimeOffset.UtcNow);
        Assert.Empty((await Alice.GetAsync("meetings")).Json["meetings"]!.AsArray());
        Assert.Empty((await Alice.GetAsync("meetings?when=past")).Json["meetings"]!.AsArray());
    }
}
