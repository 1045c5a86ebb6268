using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>Zoom gives a number to a second organisation whose first meeting nobody told us is gone.</summary>
public sealed class NumberGivenTwiceTests(QuietCloud quiet) : IAsyncLifetime
{
    private readonly Account _first = Accounts.Carol.In($"org_first_{Guid.NewGuid():N}");
    private readonly Account _second = Accounts.Dave.In($"org_second_{Guid.NewGuid():N}");
    private OwnZoom _zoom = null!;
    private App _app = null!;

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zoom.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task The_first_organisation_has_nothing_of_the_second_s_meeting()
    {
        var number = await CreateAsync(_first, "Old");
        await _zoom.LetAsync("give-again", number);
        Assert.Equal(number, await CreateAsync(_second, "Secret of the second"));

        foreach (var (name, answer) in await EveryCallAsync(_app.As(_first), number))
        {
            Assert.Equal((name, HttpStatusCode.NotFound, "meeting_not_found"), (name, answer.Status, answer.Code));
        }

        var list = await _app.As(_first).GetAsync("meetings");
        Assert.Equal("""{"meetings":[]}""", list.Text);
        var read = await _app.As(_second).GetAsync($"meetings/{number}");
        Assert.Equal("Secret of the second", (string?)read.Json["topic"]);
        Assert.Equal(HttpStatusCode.OK, (await _app.As(_second).PostAsync("signature", new JsonObject { ["meetingNumber"] = number })).Status);
    }

    [Fact]
    public async Task An_invitation_to_the_first_meeting_opens_nothing_of_the_second()
    {
        var number = await CreateAsync(_first, "Old");
        var invitation = await InviteAsync(_first, number);
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(number, invitation)).Status);
        await _zoom.LetAsync("give-again", number);
        await CreateAsync(_second, "Secret of the second");
        Assert.Equal("invalid_invitation", (await SignAsync(number, invitation)).Code);
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(number, await InviteAsync(_second, number))).Status);
    }

    [Fact]
    public async Task An_invitation_does_not_outlive_its_meeting_in_the_same_organisation_either()
    {
        var number = await CreateAsync(_first, "Old");
        var invitation = await InviteAsync(_first, number);
        await _zoom.LetAsync("give-again", number);
        Assert.Equal(number, await CreateAsync(_first, "New"));
        Assert.Equal("invalid_invitation", (await SignAsync(number, invitation)).Code);
        Assert.Equal("New", (string?)(await _app.As(_first).GetAsync($"meetings/{number}")).Json["topic"]);
    }

    [Fact]
    public async Task After_start_end_and_start_it_is_another_instance_and_the_invitation_still_opens()
    {
        var number = await CreateAsync(_first, "Weekly");
        var uuid = await UuidAsync(number);
        var invitation = await InviteAsync(_first, number);
        await _zoom.LetAsync("start", number);
        await _zoom.LetAsync("end", number);
        await _zoom.LetAsync("start", number);
        Assert.NotEqual(uuid, await UuidAsync(number));
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(number, invitation)).Status);
    }

    [Fact]
    public async Task A_replayed_deletion_of_the_first_meeting_removes_nothing_of_the_second()
    {
        var number = await CreateAsync(_first, "Old");
        await _zoom.LetAsync("give-again", number);
        await CreateAsync(_second, "Secret of the second");
        foreach (var account in (Account[])[_first, _second])
        {
            await ProjectionOf.FollowAsync(_app, account, "meeting.deleted", number, DateTimeOffset.UtcNow.AddMinutes(-5));
        }

        Assert.Equal(HttpStatusCode.OK, (await _app.As(_second).GetAsync($"meetings/{number}")).Status);
    }

    private async Task<string?> UuidAsync(string number) => (string?)(await _zoom.CallAsync(HttpMethod.Get, $"meetings/{number}"))!["uuid"];

    private static async Task<List<(string Name, Answer Answer)>> EveryCallAsync(Person person, string number) =>
    [
        ("sign", await person.PostAsync("signature", new JsonObject { ["meetingNumber"] = number })),
        ("host", await person.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 })),
        ("read", await person.GetAsync($"meetings/{number}")),
        ("change", await person.PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "Taken" })),
        ("end", await person.PostAsync($"meetings/{number}/end")),
        ("recordings", await person.GetAsync($"meetings/{number}/recordings")),
        ("participants", await person.GetAsync($"meetings/{number}/participants")),
        ("invite", await person.PostAsync($"meetings/{number}/invitations", new JsonObject { ["organization"] = "org_x" })),
        ("delete", await person.DeleteAsync($"meetings/{number}")),
    ];

    private Task<Answer> SignAsync(string number, string invitation) => _app.As(Accounts.Erin.In("org_guests")).PostAsync(
        "signature", new JsonObject { ["meetingNumber"] = number, ["invitation"] = invitation });

    private async Task<string> InviteAsync(Account account, string number)
    {
        var invited = await _app.As(account).PostAsync($"meetings/{number}/invitations", new JsonObject { ["organization"] = "org_guests" });
        Assert.True(invited.Status == HttpStatusCode.Created, invited.Text);
        return (string)invited.Json["invitation"]!;
    }

    private async Task<string> CreateAsync(Account account, string topic)
    {
        var created = await _app.As(account).PostAsync("meetings", new JsonObject { ["topic"] = topic });
        Assert.True(created.Status == HttpStatusCode.Created, created.Text);
        return created.Json["id"]!.ToString();
    }
}
