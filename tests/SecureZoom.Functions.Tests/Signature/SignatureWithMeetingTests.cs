using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Signature;

/// <summary>The signature and the meeting in one call, and numbers as Zoom's own sample sends them.</summary>
public sealed class SignatureWithMeetingTests(QuietCloud quiet) : IAsyncLifetime
{
    private readonly Account _alice = Accounts.Alice.In($"org_including_{Guid.NewGuid():N}");
    private readonly Account _erin = Accounts.Erin.In("org_including_guests");
    private OwnZoom _zoom = null!;
    private App _app = null!;
    private string _number = "";

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zoom.Settings);
        _number = (await _app.As(_alice).PostAsync("meetings", new JsonObject { ["topic"] = "Included" })).Json["id"]!.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task The_answer_holds_what_reading_would_and_one_record_tells_of_both()
    {
        var bob = Accounts.Bob.In(_alice.OrganizationId!);
        foreach (var account in (Account[])[_alice, bob])
        {
            var signed = await _app.As(account).PostAsync("signature", Body(role: account == _alice ? 1 : 0));
            var read = await _app.As(account).GetAsync($"meetings/{_number}");
            Assert.Equal(read.Json.ToJsonString(), signed.Json["meeting"]!.ToJsonString());
        }

        var records = await RecordsAsync("signature.issued", 2);
        Assert.All(records, record => Assert.True((bool)record!["details"]!["passcode"]!));
        Assert.All(records, record => Assert.Contains(", and its passcode", (string?)record!["sentence"], StringComparison.Ordinal));
        // Two readings, none of which is the signature's.
        await RecordsAsync("passcode.issued", 2);
    }

    [Fact]
    public async Task An_invitation_s_answer_holds_what_the_invitation_tells()
    {
        var invited = await _app.As(_alice).PostAsync($"meetings/{_number}/invitations", new JsonObject { ["organization"] = _erin.OrganizationId });
        var invitation = (string)invited.Json["invitation"]!;
        var asked = _zoom.Zoom.Requests.All.Count;
        var body = Body();
        body["invitation"] = invitation;
        var signed = await _app.As(_erin).PostAsync("signature", body);
        var read = await _app.As(_erin).GetAsync($"meetings/{_number}", ("Meeting-Invitation", invitation));
        Assert.Equal(read.Json.ToJsonString(), signed.Json["meeting"]!.ToJsonString());
        Assert.Equal(asked, _zoom.Zoom.Requests.All.Count);
    }

    [Fact]
    public async Task Without_asking_there_is_no_meeting_and_Zoom_is_not_asked()
    {
        var asked = _zoom.Zoom.Requests.All.Count;
        var body = Body();
        body.Remove("include");
        var signed = await _app.As(_alice).PostAsync("signature", body);
        Assert.False(signed.Json.ContainsKey("meeting"));
        Assert.Equal(asked, _zoom.Zoom.Requests.All.Count);
        body["include"] = "everything";
        Assert.Equal("include is meeting.", (string?)(await _app.As(_alice).PostAsync("signature", body)).Json["detail"]);
    }

    [Fact]
    public async Task Zoom_s_own_sample_is_served()
    {
        var sample = await _app.As(_alice).PostAsync("signature", JsonNode.Parse($$"""{"meetingNumber":"{{_number}}","role":"0","expirationSeconds":"7200","videoWebRtcMode":"1"}"""));
        Assert.True(sample.Status == HttpStatusCode.OK, sample.Text);
        Assert.Equal(1, (int)(await _app.As(_alice).PostAsync("signature", JsonNode.Parse($$"""{"meetingNumber":"{{_number[..3]}} {{_number[3..7]}}-{{_number[7..]}}","role":"1"}"""))).Json["role"]!);
    }

    [Theory]
    [InlineData("role", "\"host\"")]
    [InlineData("role", "\"\"")]
    [InlineData("role", "\" 0\"")]
    [InlineData("role", "\"+1\"")]
    [InlineData("role", "\"-1\"")]
    [InlineData("role", "\"2\"")]
    [InlineData("role", "\"0x1\"")]
    [InlineData("role", "\"１\"")]
    [InlineData("role", "null")]
    [InlineData("role", "0.5")]
    [InlineData("expirationSeconds", "\"7200s\"")]
    [InlineData("expirationSeconds", "\"1e4\"")]
    [InlineData("expirationSeconds", "\"99999999999999999999\"")]
    [InlineData("videoWebRtcMode", "\"true\"")]
    [InlineData("videoWebRtcMode", "true")]
    [InlineData("include", "[]")]
    public async Task Text_that_is_no_digits_is_refused(string name, string value)
    {
        var body = Body();
        body[name] = JsonNode.Parse(value);
        var refused = await _app.As(_alice).PostAsync("signature", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (refused.Status, refused.Code));
        Assert.Contains(name, (string?)refused.Json["detail"], StringComparison.Ordinal);
    }

    private JsonObject Body(int role = 0) => new() { ["meetingNumber"] = _number, ["role"] = role, ["include"] = "meeting" };

    private Task<JsonArray> RecordsAsync(string action, int count) => Wait.ForAsync(action, async () =>
        (await _app.As(Accounts.Audrey.In(_alice.OrganizationId!)).GetAsync($"audit?meeting={_number}&action={action}"))
            .Json["records"]!.AsArray() is var records && records.Count == count ? records : null);
}
