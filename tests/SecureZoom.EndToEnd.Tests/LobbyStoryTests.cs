using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Before a meeting: waiting for it, and whoever comes as somebody else than was thought of.</summary>
[Collection<MeetingStories>]
public sealed partial class LobbyStoryTests(Product product, Browser browser)
{
    [Fact]
    public async Task Bob_waits_without_a_camera_and_without_a_passcode_and_joins_by_himself_once_the_host_has_started()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Alice, "Retrospective");
        var bob = await browser.OpenAsync(product.Site);
        var door = await ZoomDoor.CloseAsync(bob);
        await bob.SignInAsync(Accounts.Bob);
        var calls = new List<string>();
        bob.Request += (_, request) => calls.Add(new Uri(request.Url).AbsolutePath);
        await bob.GotoAsync($"/room?meeting={meeting}");
        await bob.Heading("Retrospective").ShowsAsync();
        await bob.GetByText("Waiting for the host to start the meeting").ShowsAsync();
        await bob.GetByText("Bob Brown, as a participant").ShowsAsync();
        await bob.Button("Try the camera").ClickAsync();
        await bob.GetByText(NoCamera()).ShowsAsync();
        Assert.DoesNotContain(calls, path => path.EndsWith($"/meetings/{meeting}", StringComparison.Ordinal) || path.EndsWith("/signature", StringComparison.Ordinal));

        await product.StartMeetingAsync(Accounts.Alice, meeting);
        var asked = await door.AskedAsync();
        Assert.Equal((0, $"{meeting}"), (asked.Role, asked.MeetingNumber));
        await bob.GetByText("Participant (0)").ShowsAsync();
    }

    [Fact]
    public async Task Whose_invitation_is_somebody_else_s_is_told_so_and_comes_with_that_account_or_as_the_colleague_that_they_are()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Alice, "Second interview");
        var invited = await product.PostAsync(
            Accounts.Alice, $"meetings/{meeting}/invitations", new JsonObject { ["email"] = Accounts.Gwen.Email });
        var room = $"/room?meeting={meeting}#{invited["invitation"]}";

        var guest = await browser.OpenAsync(product.Site);
        await guest.SignInAsync(Accounts.Dave);
        await guest.GotoAsync(room);
        await guest.Heading("This invitation is not for you").ShowsAsync();
        await guest.GetByText("You are signed in as dave@globex.example.").ShowsAsync();
        await guest.Button("Use another account").ClickAsync();
        await guest.ChooseAccountAsync(Accounts.Gwen);
        await guest.GetByText("Gwen Green, as a participant").ShowsAsync();

        var colleague = await browser.OpenAsync(product.Site);
        await colleague.SignInAsync(Accounts.Bob);
        await colleague.GotoAsync(room);
        await colleague.GetByText("The meeting is your organisation’s.").ShowsAsync();

        await colleague.GotoAsync($"/join?meeting={meeting}#{((string)invited["invitation"]!)[..40]}");
        await colleague.GetByText("This invitation is not whole").ShowsAsync();
    }

    [Fact]
    public async Task Who_signs_out_in_one_tab_is_out_in_every_other_and_Back_leads_from_the_sign_in_to_the_first_page()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Carol, "Farewell");
        var tab = await browser.OpenAsync(product.Site);
        await tab.SignInAsync(Accounts.Carol);
        var (account, lobby) = (await tab.Context.NewPageAsync(), await tab.Context.NewPageAsync());
        await account.GotoAsync("/me");
        await account.Heading("My groups").ShowsAsync();
        await lobby.GotoAsync($"/room?meeting={meeting}");
        await lobby.Heading("Farewell").ShowsAsync();

        await tab.Button("Sign out").ClickAsync();
        await account.Heading("You are signed out").ShowsAsync();
        await lobby.Heading("You are signed out").ShowsAsync();
        await account.Heading("My groups").IsGoneAsync();

        await tab.Link("Sign in with SSO").ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = Accounts.Carol.Email }).ShowsAsync();
        await tab.GoBackAsync();
        await tab.Heading("Meetings you can account for").ShowsAsync();
        await Assertions.Expect(tab.Link("Sign in with SSO")).ToBeEnabledAsync();
    }

    [GeneratedRegex("There is no camera|does not let this page use the camera")]
    private static partial Regex NoCamera();
}
