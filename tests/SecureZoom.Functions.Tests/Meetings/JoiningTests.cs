using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>Who waits for a meeting, and its passcode anew.</summary>
public sealed class JoiningTests(QuietCloud quiet) : IAsyncLifetime
{
    private readonly Account _alice = Accounts.Alice.In($"org_joining_{Guid.NewGuid():N}");
    private readonly Account _erin = Accounts.Erin.In("org_joining_guests");
    private OwnZoom _zoom = null!;
    private App _app = null!;
    private string _number = "";

    private Person Alice => _app.As(_alice);

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zoom.Settings);
        _number = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Joined" })).Json["id"]!.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task The_status_comes_from_the_registry_alone_and_is_on_record_once()
    {
        var bob = Accounts.Bob.In(_alice.OrganizationId!);
        var asked = _zoom.Zoom.Requests.All.Count;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("""{"status":"waiting"}""", (await _app.As(bob).GetAsync($"meetings/{_number}/status")).Text);
        }

        await ProjectionOf.FollowAsync(_app, _alice, "meeting.started", _number, DateTimeOffset.UtcNow);
        Assert.Equal("""{"status":"started"}""", (await _app.As(bob).GetAsync($"meetings/{_number}/status")).Text);
        Assert.Equal("""{"status":"started"}""", (await Alice.GetAsync($"meetings/{_number}/status")).Text);
        Assert.Equal(asked, _zoom.Zoom.Requests.All.Count);

        await RecordsAsync("meeting.status_read", 2);
        // What is recorded behind them shows that no more came.
        await Alice.GetAsync($"meetings/{_number}");
        await RecordsAsync("passcode.issued", 1);
        var looks = await RecordsAsync("meeting.status_read", 2);
        Assert.Contains("looked whether a meeting runs", (string?)looks[0]!["sentence"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_details_come_from_the_registry_alone_without_the_passcode_and_are_not_on_record()
    {
        var asked = _zoom.Zoom.Requests.All.Count;
        var details = (await _app.As(Accounts.Bob.In(_alice.OrganizationId!)).GetAsync($"meetings/{_number}/details")).Json;
        Assert.Equal(asked, _zoom.Zoom.Requests.All.Count);

        var read = (await Alice.GetAsync($"meetings/{_number}")).Json;
        foreach (var secret in (string[])["password", "join_url"])
        {
            Assert.True(read.Remove(secret));
        }

        read["permissions"] = new JsonObject { ["host"] = false, ["manage"] = false };
        Assert.True(JsonNode.DeepEquals(read, details), $"{read} is not {details}");
        // That one reading, of Alice's, is on record.
        await RecordsAsync("passcode.issued", 1);
    }

    [Fact]
    public async Task An_invitation_tells_the_status_too_also_to_whoever_has_no_organisation()
    {
        foreach (var (account, body) in ((Account, JsonObject)[])
        [
            (_erin, new JsonObject { ["organization"] = _erin.OrganizationId }), (Accounts.Gwen, new JsonObject { ["email"] = Accounts.Gwen.Email }),
        ])
        {
            var invitation = await InviteAsync(body);
            var status = await _app.As(account).GetAsync($"meetings/{_number}/status", ("Meeting-Invitation", invitation));
            Assert.Equal("""{"status":"waiting"}""", status.Text);
            Assert.Equal("invalid_invitation", (await Alice.GetAsync($"meetings/{_number}/status", ("Meeting-Invitation", invitation))).Code);
            Assert.Equal("meeting_not_found", (await _app.As(account).GetAsync("meetings/85999999999/status", ("Meeting-Invitation", invitation))).Code);
        }

        Assert.Equal("organization_required", (await _app.As(Accounts.Gwen).GetAsync($"meetings/{_number}/status")).Code);
        var looks = await RecordsAsync("meeting.status_read", 2);
        Assert.All(looks, look => Assert.Equal("invitation", (string?)look!["reason"]));
    }

    [Fact]
    public async Task Who_is_about_to_join_is_told_of_the_meeting_and_of_their_part_but_not_its_passcode()
    {
        var asked = _zoom.Zoom.Requests.All.Count;
        var host = await Alice.GetAsync($"meetings/{_number}/status?include=meeting");
        Assert.Equal(("waiting", 1, "host"), ((string?)host.Json["status"], (int)host.Json["role"]!, (string?)host.Json["reason"]));
        Assert.Equal(("Joined", _alice.Email), ((string?)host.Json["meeting"]!["topic"], (string?)host.Json["meeting"]!["host_email"]));

        var member = await _app.As(Accounts.Bob.In(_alice.OrganizationId!)).GetAsync($"meetings/{_number}/status?include=meeting");
        Assert.Equal((0, "not_the_host"), ((int)member.Json["role"]!, (string?)member.Json["reason"]));
        Assert.Equal(asked, _zoom.Zoom.Requests.All.Count);

        var invitation = await InviteAsync(new JsonObject { ["email"] = Accounts.Gwen.Email });
        var guest = await _app.As(Accounts.Gwen).GetAsync($"meetings/{_number}/status?include=meeting", ("Meeting-Invitation", invitation));
        Assert.Equal((0, "invitation"), ((int)guest.Json["role"]!, (string?)guest.Json["reason"]));
        Assert.Equal("Joined", (string?)guest.Json["meeting"]!["topic"]);
        Assert.Null(guest.Json["meeting"]!["host_email"]);
        Assert.All([host, member, guest], answer => Assert.DoesNotContain("password", answer.Text, StringComparison.Ordinal));

        Assert.Equal("invalid_request", (await Alice.GetAsync($"meetings/{_number}/status?include=passcode")).Code);
    }

    [Fact]
    public async Task What_is_wrong_with_an_invitation_is_told_to_whoever_holds_it()
    {
        var invited = await Alice.PostAsync($"meetings/{_number}/invitations", new JsonObject { ["organization"] = _erin.OrganizationId });
        var invitation = (string)invited.Json["invitation"]!;
        Assert.Equal("not_yours", await FaultAsync(Accounts.Gwen, invitation));
        Assert.Equal("damaged", await FaultAsync(_erin, invitation[..^3]));
        await Alice.DeleteAsync($"meetings/{_number}/invitations/{invited.Json["id"]}");
        Assert.Equal("withdrawn", await FaultAsync(_erin, invitation));
    }

    [Fact]
    public async Task Another_passcode_withdraws_the_invitations_with_the_one_before_and_is_in_no_record()
    {
        var invitation = await InviteAsync(new JsonObject { ["organization"] = _erin.OrganizationId });
        var before = (string)(await Alice.GetAsync($"meetings/{_number}")).Json["password"]!;
        var changed = await Alice.PostAsync($"meetings/{_number}/passcode");
        var after = (string)changed.Json["password"]!;
        Assert.Equal(["password"], changed.Json.Select(member => member.Key));
        Assert.NotEqual(before, after);
        Assert.Equal(after, (string?)(await Alice.GetAsync($"meetings/{_number}")).Json["password"]);
        Assert.Equal("invalid_invitation", (await _app.As(_erin).GetAsync($"meetings/{_number}", ("Meeting-Invitation", invitation))).Code);
        Assert.Empty((await Alice.GetAsync($"meetings/{_number}/invitations")).Json["invitations"]!.AsArray());
        var sent = _zoom.Zoom.Requests.All.Single(request => request.Method == "PATCH").Body!;
        Assert.Equal(["password"], sent.AsObject().Select(member => member.Key));

        var later = await InviteAsync(new JsonObject { ["organization"] = _erin.OrganizationId });
        Assert.Equal(after, (string?)(await _app.As(_erin).GetAsync($"meetings/{_number}", ("Meeting-Invitation", later))).Json["password"]);
        var record = (await RecordsAsync("passcode.changed", 1))[0]!;
        Assert.Contains("changed the passcode of a meeting", (string?)record["sentence"], StringComparison.Ordinal);
        var intent = (await RecordsAsync("passcode.change", 1))[0]!;
        Assert.Contains("set out to change the passcode of a meeting", (string?)intent["sentence"], StringComparison.Ordinal);
        var trail = (await _app.As(Accounts.Audrey.In(_alice.OrganizationId!)).GetAsync("audit?limit=500")).Text;
        Assert.DoesNotContain(after, trail, StringComparison.Ordinal);
        Assert.DoesNotContain(before, trail, StringComparison.Ordinal);
    }

    private async Task<string?> FaultAsync(Account account, string invitation)
    {
        var refused = await _app.As(account).GetAsync($"meetings/{_number}/status", ("Meeting-Invitation", invitation));
        Assert.Equal((HttpStatusCode.Forbidden, "invalid_invitation"), (refused.Status, refused.Code));
        return (string?)refused.Json["reason"];
    }

    private async Task<string> InviteAsync(JsonObject body)
    {
        var invited = await Alice.PostAsync($"meetings/{_number}/invitations", body);
        Assert.True(invited.Status == HttpStatusCode.Created, invited.Text);
        return (string)invited.Json["invitation"]!;
    }

    private Task<JsonArray> RecordsAsync(string action, int count) => Wait.ForAsync(action, async () =>
        (await _app.As(Accounts.Audrey.In(_alice.OrganizationId!)).GetAsync($"audit?meeting={_number}&action={action}"))
            .Json["records"]!.AsArray() is var records && records.Count == count ? records : null);
}
