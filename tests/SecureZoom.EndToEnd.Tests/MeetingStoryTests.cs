using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Who may host, who may join, and that people are told why.</summary>
[Collection<MeetingStories>]
public sealed class MeetingStoryTests(Product product, Browser browser)
{
    [Fact]
    public async Task Alice_invites_Globex_and_its_host_Dave_joins_as_participant_while_no_server_sees_the_invitation_in_an_address()
    {
        var alice = await browser.OpenAsync(product.Site);
        await alice.SignInAsync(Accounts.Alice);
        await alice.CreateMeetingAsync("Launch with Globex");
        var invitation = await InviteAsync(alice, "Launch with Globex", Accounts.Dave.OrganizationId!);

        var dave = await browser.OpenEmptyAsync(product.Site);
        var asked = new ConcurrentQueue<IRequest>();
        dave.Context.Request += (_, request) => asked.Enqueue(request);
        var door = await ZoomDoor.CloseAsync(dave);
        await dave.GotoAsync(invitation.AbsoluteUri);
        await dave.Heading("You have an invitation").ShowsAsync();
        await dave.Button("Sign in and join").ClickAsync();
        await dave.ChooseAccountAsync(Accounts.Dave);
        await dave.Button("Join now").ClickAsync();
        Assert.Equal(0, (await door.AskedAsync()).Role);
        await dave.GetByText("Participant (0)").ShowsAsync();

        // He may host at home, so he tries here.
        await dave.GotoAsync(new Uri(dave.Url).PathAndQuery.Replace("role=0", "role=1", StringComparison.Ordinal) + invitation.Fragment);
        await IsToldToParticipateAsync(dave, "an invitation lets you participate");
        Assert.Equal(0, (await door.AskedAsync()).Role);
        await dave.GetByText("Participant (0)").ShowsAsync();

        var token = invitation.Fragment[1..];
        Assert.Contains(asked, request => request.Headers.GetValueOrDefault("meeting-invitation") == token);
        Assert.DoesNotContain(asked, request => request.Url.Split('#')[0].Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(asked, request => request.Headers.GetValueOrDefault("referer", "").Contains(token, StringComparison.Ordinal));
        AssertUnseen(token);
    }

    [Fact]
    public async Task Bob_asks_to_host_and_is_told_why_he_is_a_participant()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Alice, "Design review");
        var bob = await browser.OpenAsync(product.Site);
        var door = await ZoomDoor.CloseAsync(bob);
        await bob.SignInAsync(Accounts.Bob);
        await bob.Meeting("Design review").GetByRole(AriaRole.Link, new() { Name = "Join" }).ShowsAsync();
        await bob.Button("New meeting").IsGoneAsync();
        await bob.Button("More actions for Design review").IsGoneAsync();

        await bob.GotoAsync($"/room?meeting={meeting}&role=1");
        await IsToldToParticipateAsync(bob, "Hosting needs to be the meeting’s host, alice@acme.example, or an alternative host.");
        var asked = await door.AskedAsync();
        Assert.Equal(0, asked.Role);
        Assert.Equal($"{meeting}", asked.MeetingNumber);
        await bob.GetByText("Participant (0)").ShowsAsync();
    }

    [Fact]
    public async Task Erin_sees_only_what_she_is_invited_to()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Dave, "Partner call");
        var invitation = await product.PostAsync(
            Accounts.Dave, $"meetings/{meeting}/invitations", new JsonObject { ["email"] = Accounts.Erin.Email });
        var erin = await browser.OpenAsync(product.Site);
        var door = await ZoomDoor.CloseAsync(erin);
        await erin.SignInAsync(Accounts.Erin);
        await erin.Heading("Join a meeting").ShowsAsync();
        var navigation = erin.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        Assert.Equal(["Join"], await navigation.GetByRole(AriaRole.Link).AllInnerTextsAsync());

        foreach (var (path, tool) in new[] { ("/audit", "Export"), ("/audit/1", "Copy link"), ("/security", "Add filter"), ("/meetings", "New meeting") })
        {
            await erin.GotoAsync(path);
            await erin.Heading("You may not do this").ShowsAsync();
            await erin.GetByText("Your account lacks the permission.").ShowsAsync();
            await erin.Button(tool).IsGoneAsync();
        }

        // She checks files there, as anybody may, and no trail.
        await erin.GotoAsync("/audit/verify");
        await erin.Heading("The key that signs").ShowsAsync();
        await erin.Button("Verify now").IsGoneAsync();

        // Even of her own organisation's meeting, the number alone opens nothing.
        await erin.GotoAsync("/join");
        await erin.GetByLabel("Meeting number or link").FillAsync($"{meeting}");
        await erin.Button("Join meeting").ClickAsync();
        await erin.Heading("You may not do this").ShowsAsync();

        await erin.GotoAsync("/join");
        await erin.GetByLabel("Meeting number or link").FillAsync((string)invitation["joinUrl"]!);
        await erin.Button("Join meeting").ClickAsync();
        await erin.GetByLabel("Meeting number from the invitation").FillAsync($"{meeting}");
        await erin.Button("Join meeting").ClickAsync();
        await erin.Button("Join now").ClickAsync();
        Assert.Equal(0, (await door.AskedAsync()).Role);
        await erin.GetByText("Participant (0)").ShowsAsync();
    }

    [Fact]
    public async Task Gwen_of_no_organisation_joins_what_her_address_is_invited_to()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Alice, "Interview");
        var invitation = await product.PostAsync(
            Accounts.Alice, $"meetings/{meeting}/invitations", new JsonObject { ["email"] = Accounts.Gwen.Email });
        var gwen = await browser.OpenEmptyAsync(product.Site);
        var door = await ZoomDoor.CloseAsync(gwen);
        await gwen.GotoAsync((string)invitation["joinUrl"]!);
        await gwen.Heading("You have an invitation").ShowsAsync();
        await gwen.GetByLabel("Meeting number from the invitation").FillAsync($"{meeting}");
        await gwen.Button("Sign in and join").ClickAsync();
        await gwen.ChooseAccountAsync(Accounts.Gwen);
        await gwen.Button("Join now").ClickAsync();
        var asked = await door.AskedAsync();
        Assert.Equal((0, $"{meeting}"), (asked.Role, asked.MeetingNumber));
        await gwen.GetByText("Participant (0)").ShowsAsync();
        // She may see no list of meetings, so the way out leads elsewhere.
        await gwen.Link("Join another meeting").ClickAsync();
        await gwen.Heading("Join a meeting").ShowsAsync();
        await product.WhenRecordedAsync(Accounts.Audrey, $"meeting={meeting}&action=signature.issued&person={Uri.EscapeDataString(Accounts.Gwen.Subject)}", 1);
    }

    [Fact]
    public async Task Alice_edits_a_meeting_ends_it_while_it_runs_and_deletes_it_once_she_has_confirmed()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Alice, "Stand-up");
        var alice = await browser.OpenAsync(product.Site);
        await alice.SignInAsync(Accounts.Alice);

        await alice.ChooseAsync("Stand-up", "Edit …");
        await alice.GetByLabel("Topic").FillAsync("Daily stand-up");
        await alice.Button("Save").ClickAsync();
        await alice.GetByText("Meeting saved").First.ShowsAsync();
        await alice.Meeting("Daily stand-up").ShowsAsync();
        await alice.Meeting("Stand-up").IsGoneAsync();

        await product.StartMeetingAsync(Accounts.Alice, meeting);
        await alice.ReloadAsync();
        await alice.Meeting("Daily stand-up").GetByText("In progress").ShowsAsync();
        await alice.ChooseAsync("Daily stand-up", "End for everyone …");
        await alice.GetByRole(AriaRole.Alertdialog, new() { Name = "End this meeting for everyone?" }).ShowsAsync();
        await alice.Button("End meeting").ClickAsync();
        await alice.GetByText("Meeting ended").First.ShowsAsync();
        await alice.Meeting("Daily stand-up").GetByText("In progress").IsGoneAsync();

        await alice.ChooseAsync("Daily stand-up", "Delete …");
        await alice.GetByRole(AriaRole.Alertdialog, new() { Name = "Delete this meeting?" }).ShowsAsync();
        await alice.Button("Cancel").ClickAsync();
        await Assertions.Expect(alice.Button("More actions for Daily stand-up")).ToBeFocusedAsync();
        Assert.Equal(0, Deletions(meeting));

        await alice.ChooseAsync("Daily stand-up", "Delete …");
        await alice.Button("Delete meeting").ClickAsync();
        await alice.GetByText("Meeting deleted").First.ShowsAsync();
        await alice.Meeting("Daily stand-up").IsGoneAsync();
        Assert.Equal(1, Deletions(meeting));
    }

    [Fact]
    public async Task Carol_signs_in_and_creates_a_meeting_with_the_keyboard_alone()
    {
        var carol = await browser.OpenAsync(product.Site);
        await carol.Heading("Meetings you can account for").ShowsAsync();
        await carol.PressOnAsync(carol.Link("Sign in with SSO"), "Enter");
        await carol.PressOnAsync(carol.GetByRole(AriaRole.Button, new() { Name = Accounts.Carol.Email }), "Enter");
        await carol.Heading("Meetings").ShowsAsync();

        await carol.PressOnAsync(carol.Button("New meeting"), "Enter");
        await carol.ReachAsync(carol.GetByLabel("Topic"));
        await carol.Keyboard.TypeAsync("Keyboard council");
        await carol.ReachAsync(carol.GetByLabel("At a set time"));
        await carol.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(carol.GetByLabel("Right now")).ToBeCheckedAsync();
        await carol.PressOnAsync(carol.GetByLabel("Waiting room"), "Space");
        await carol.GetByText("Whoever may join comes in without waiting.").ShowsAsync();
        await carol.Button("Create and start").ShowsAsync();
        await carol.GetByLabel("Right now").PressAsync("ArrowUp");
        await carol.PressOnAsync(carol.Button("Create meeting"), "Enter");
        await carol.Meeting("Keyboard council").ShowsAsync();
        await Assertions.Expect(carol.Button("New meeting")).ToBeFocusedAsync();

        await carol.PressOnAsync(carol.Button("More actions for Keyboard council"), "Enter");
        await Assertions.Expect(carol.GetByRole(AriaRole.Menuitem, new() { Name = "Invite others …" })).ToBeFocusedAsync();
        await carol.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(carol.GetByRole(AriaRole.Menuitem, new() { Name = "Delete …" })).ToBeFocusedAsync();
        await carol.Keyboard.PressAsync("Escape");
        await Assertions.Expect(carol.Button("More actions for Keyboard council")).ToBeFocusedAsync();
    }

    /// <summary>By the dialog; the answer is the link that it shows.</summary>
    private static async Task<Uri> InviteAsync(IPage host, string topic, string organization)
    {
        await host.ChooseAsync(topic, "Invite others …");
        await host.GetByLabel("A whole organisation").CheckAsync();
        await host.GetByLabel("Organisation id").FillAsync(organization);
        await host.Button("Make invitation").ClickAsync();
        return new Uri(await host.GetByLabel("Link", new() { Exact = true }).InputValueAsync());
    }

    private static async Task IsToldToParticipateAsync(IPage page, string why)
    {
        await page.GetByText(why).ShowsAsync();
        await page.Button("Join now").ClickAsync();
    }

    private void AssertUnseen(string token)
    {
        IReadOnlyList<RecordedRequest> asked =
            [.. product.Sandbox.Site!.Requests.All, .. product.Sandbox.Identity.Requests.All, .. product.Sandbox.Zoom.Requests.All];
        Assert.Contains(asked, request => request.Path == "/join");
        Assert.DoesNotContain(asked, request => (request.Path + request.Query).Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(product.Output, line => line.Contains(token, StringComparison.Ordinal));
    }

    private int Deletions(long meeting) =>
        product.Sandbox.Zoom.Requests.All.Count(request => request.Method == "DELETE" && request.Path == $"/v2/meetings/{meeting}");
}
