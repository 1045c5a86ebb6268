using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>The registry follows what happens to a meeting at Zoom without us.</summary>
[Collection(OwnCloud.Name)]
public sealed class MeetingProjectionTests(OwnCloud own)
{
    private readonly Account _alice = Accounts.Alice.In($"org_follower_{Guid.NewGuid():N}");

    [Fact]
    public async Task Changes_starts_ends_and_deletions_come_by_webhook()
    {
        await using var zoom = await OwnZoom.StartAsync(own.Cloud);
        await using var app = await App.StartAsync(own.Cloud, zoom.Settings);
        zoom.TellTo(app);
        var created = await app.As(_alice).PostAsync("meetings", new JsonObject { ["topic"] = "Here" });
        var number = created.Json["id"]!.ToString();

        await zoom.CallAsync(HttpMethod.Patch, $"meetings/{number}", new JsonObject { ["topic"] = "Elsewhere" });
        await SeeAsync(app, "the new topic", meeting => (string?)meeting?["topic"] == "Elsewhere");
        await zoom.LetAsync("start", number);
        await SeeAsync(app, "the start", meeting => (string?)meeting?["status"] == "started");
        await zoom.LetAsync("end", number);
        await SeeAsync(app, "the end", meeting => (string?)meeting?["status"] == "ended", when: "past");
        await zoom.CallAsync(HttpMethod.Delete, $"meetings/{number}");
        await SeeAsync(app, "the deletion", meeting => meeting is null, when: "past");
        var signed = await app.As(_alice).PostAsync("signature", new JsonObject { ["meetingNumber"] = number });
        Assert.Equal("meeting_not_found", signed.Code);
    }

    [Fact]
    public async Task A_deletion_that_overtakes_its_create_waits_for_it()
    {
        // An account of one organisation alone, whose events have their trail at once.
        var organization = $"org_overtaken_{Guid.NewGuid():N}";
        await using var zoom = await OwnZoom.StartAsync(own.Cloud);
        await using var app = await App.StartAsync(own.Cloud, new(zoom.Settings) { ["Zoom:Accounts:0:Organizations"] = organization });
        var created = await zoom.CallAsync(HttpMethod.Post, "users/alice@acme.example/meetings", new JsonObject { ["topic"] = "Short" });
        var number = MeetingNumber.From((long)created!["id"]!)!.Value;
        // Of the create, whose event would name the owner, nobody is told.
        zoom.TellTo(app);
        await zoom.CallAsync(HttpMethod.Delete, $"meetings/{number}");
        await zoom.Zoom.WhenDeliveredAsync();
        var auditor = app.As(Accounts.Audrey.In(organization));
        Assert.Null(await FirstAsync(auditor, "meeting.deleted"));

        await app.Services.GetRequiredService<MeetingRegistry>().AddAsync(
            new RegisteredMeeting(organization, number, Cloud.ZoomAccountId, new MeetingSnapshot { Topic = "Short", HostEmail = _alice.Email }),
            DateTimeOffset.UtcNow,
            TestContext.Current.CancellationToken);
        await Wait.ForAsync("the deletion's event", async () => await FirstAsync(auditor, "meeting.deleted"));
        await Wait.ForAsync("the deletion", async () =>
            (await app.As(Accounts.Alice.In(organization)).GetAsync("meetings")).Json["meetings"]!.AsArray().Count == 0 ? "" : null);
    }

    [Fact]
    public async Task A_deletion_that_comes_before_our_own_write_of_a_meeting_whose_create_was_told_removes_it_all_the_same()
    {
        var organization = $"org_overtaken_{Guid.NewGuid():N}";
        await using var zoom = await OwnZoom.StartAsync(own.Cloud);
        await using var app = await App.StartAsync(own.Cloud, new(zoom.Settings) { ["Zoom:Accounts:0:Organizations"] = organization });
        zoom.TellTo(app);
        var asked = DateTimeOffset.UtcNow;
        var created = await zoom.CallAsync(HttpMethod.Post, "users/alice@acme.example/meetings", new JsonObject { ["topic"] = "Short" });
        var number = MeetingNumber.From((long)created!["id"]!)!.Value;
        var auditor = app.As(Accounts.Audrey.In(organization));
        await Wait.ForAsync("the create's event", async () => await FirstAsync(auditor, "meeting.created"));
        // By its uuid its organisation is known, though it is nowhere written down.
        await zoom.CallAsync(HttpMethod.Delete, $"meetings/{number}");
        await Wait.ForAsync("the deletion's event", async () => await FirstAsync(auditor, "meeting.deleted"));

        await AddAsync(app, organization, number, asked);
        await Wait.ForAsync("the deletion", async () =>
            (await app.As(Accounts.Alice.In(organization)).GetAsync("meetings")).Json["meetings"]!.AsArray().Count == 0 ? "" : null);
    }

    /// <summary>In minutes after the meeting was asked for.</summary>
    [Theory]
    [InlineData(0, false, true)]
    [InlineData(0, true, true)]
    [InlineData(-10, true, false)]
    public async Task A_deletion_removes_its_meeting_in_either_order_and_none_that_was_asked_for_later(int deletedAfter, bool isFirst, bool isGone)
    {
        await using var zoom = await OwnZoom.StartAsync(own.Cloud);
        await using var app = await App.StartAsync(own.Cloud, zoom.Settings);
        var created = await zoom.CallAsync(HttpMethod.Post, "users/alice@acme.example/meetings", new JsonObject { ["topic"] = "Short" });
        var number = MeetingNumber.From((long)created!["id"]!)!.Value;
        var asked = DateTimeOffset.UtcNow;
        await zoom.CallAsync(HttpMethod.Delete, $"meetings/{number}");
        Func<Task>[] steps =
        [
            () => ProjectionOf.FollowAsync(app, _alice, "meeting.deleted", number.ToString(), asked.AddMinutes(deletedAfter)),
            () => AddAsync(app, _alice.OrganizationId!, number, asked),
        ];
        foreach (var step in isFirst ? steps : steps.Reverse())
        {
            await step();
        }

        Assert.Equal(isGone ? 0 : 1, (await ListAsync(app)).Count);
    }

    [Fact]
    public async Task A_meeting_of_which_one_occurrence_is_deleted_stays()
    {
        var (zoom, app, number) = await CreateAsync("Series");
        await using var _ = zoom;
        await using var __ = app;
        await zoom.CallAsync(HttpMethod.Patch, $"meetings/{number}", new JsonObject { ["topic"] = "Fewer" });

        await ProjectionOf.FollowAsync(app, _alice, "meeting.deleted", number, DateTimeOffset.UtcNow, new JsonObject { ["operation"] = "single" });

        var signed = await app.As(_alice).PostAsync("signature", new JsonObject { ["meetingNumber"] = number });
        Assert.Equal(HttpStatusCode.OK, signed.Status);
        Assert.Contains(await ListAsync(app), meeting => (string?)meeting!["topic"] == "Fewer");
    }

    [Fact]
    public async Task A_deletion_that_Zoom_cannot_be_asked_about_removes_nothing_and_comes_again()
    {
        var (zoom, app, number) = await CreateAsync("Unsure");
        await using var _ = zoom;
        await using var __ = app;
        for (var fault = 0; fault < 20; fault++)
        {
            zoom.Zoom.Faults.Add(new Fault($"/v2/meetings/{number}", 503));
        }

        await Assert.ThrowsAsync<ZoomException>(() => ProjectionOf.FollowAsync(app, _alice, "meeting.deleted", number, DateTimeOffset.UtcNow));

        Assert.Contains(await ListAsync(app), meeting => (string?)meeting!["topic"] == "Unsure");
    }

    [Fact]
    public async Task A_meeting_that_is_recovered_is_its_organisation_s_again_but_its_invitations_stay_withdrawn()
    {
        var (zoom, app, number) = await CreateAsync("Back");
        await using var _ = zoom;
        await using var __ = app;
        var invited = await app.As(_alice).PostAsync($"meetings/{number}/invitations", new JsonObject { ["organization"] = "org_guests" });
        var registry = app.Services.GetRequiredService<MeetingRegistry>();
        var known = await registry.FindAsync(_alice.OrganizationId!, MeetingNumber.From(long.Parse(number, CultureInfo.InvariantCulture))!.Value, TestContext.Current.CancellationToken);
        await registry.RemoveAsync(known!, TestContext.Current.CancellationToken);
        Assert.Equal("meeting_not_found", (await app.As(_alice).GetAsync($"meetings/{number}")).Code);

        await RecoverAsync(app, "org_somebody", number);
        Assert.Equal("meeting_not_found", (await app.As(_alice).GetAsync($"meetings/{number}")).Code);
        await RecoverAsync(app, _alice.OrganizationId!, number);

        Assert.Equal(HttpStatusCode.OK, (await app.As(_alice).GetAsync($"meetings/{number}")).Status);
        var guest = app.As(Accounts.Erin.In("org_guests"));
        var opened = await guest.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["invitation"] = (string)invited.Json["invitation"]! });
        Assert.Equal("invalid_invitation", opened.Code);
        var again = await app.As(_alice).PostAsync($"meetings/{number}/invitations", new JsonObject { ["organization"] = "org_guests" });
        opened = await guest.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["invitation"] = (string)again.Json["invitation"]! });
        Assert.Equal(HttpStatusCode.OK, opened.Status);
    }

    /// <summary>As a create of ours does, once Zoom has answered.</summary>
    private Task AddAsync(App app, string organization, MeetingNumber number, DateTimeOffset asked) => app.Services.GetRequiredService<MeetingRegistry>().AddAsync(
        new RegisteredMeeting(organization, number, Cloud.ZoomAccountId, new MeetingSnapshot { Topic = "Short", HostEmail = _alice.Email }),
        DateTimeOffset.UtcNow,
        TestContext.Current.CancellationToken,
        new MeetingOperation(Guid.NewGuid().ToString("N"), ZoomEventNames.MeetingCreated, asked, asked.AddSeconds(1)));

    private static Task RecoverAsync(App app, string organization, string number) => app.Services.GetRequiredService<MeetingProjection>().FollowAsync(
        organization,
        Story.Event(action: "meeting.recovered", source: "zoom") with { Meeting = number, AccountId = Cloud.ZoomAccountId },
        TestContext.Current.CancellationToken);

    /// <summary>A Zoom that tells nobody, and a meeting there.</summary>
    private async Task<(OwnZoom Zoom, App App, string Number)> CreateAsync(string topic)
    {
        var zoom = await OwnZoom.StartAsync(own.Cloud);
        var app = await App.StartAsync(own.Cloud, zoom.Settings);
        return (zoom, app, (await app.As(_alice).PostAsync("meetings", new JsonObject { ["topic"] = topic })).Json["id"]!.ToString());
    }

    private async Task<JsonArray> ListAsync(App app, string? when = null) => (await app.As(_alice).GetAsync(when is null ? "meetings" : $"meetings?when={when}")).Json["meetings"]!.AsArray();

    private static async Task<JsonNode?> FirstAsync(Person auditor, string action) =>
        (await auditor.GetAsync($"audit?action={action}")).Json["records"]!.AsArray().FirstOrDefault();

    private async Task SeeAsync(App app, string what, Func<JsonNode?, bool> isSo, string? when = null) => await Wait.ForAsync(what, async () =>
        isSo((await ListAsync(app, when)).SingleOrDefault()) ? "" : null);
}
