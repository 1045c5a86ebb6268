using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>With a phone: the pages of one meeting, the invitation and the lobby fit its width, and fingers reach what is there.</summary>
[Collection<MeetingStories>]
public sealed class PhoneStoryTests(Product product, Browser browser)
{
    private const int Width = 390;

    [Fact]
    public async Task Alice_invites_withdraws_and_shows_the_passcode_on_the_page_of_a_meeting()
    {
        var meeting = (long)(await product.PostAsync(Accounts.Alice, "meetings", new JsonObject
        {
            ["topic"] = "Pocket meeting",
            ["type"] = 8,
            ["agenda"] = new string('x', 200),
            ["start_time"] = DateTimeOffset.UtcNow.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["duration"] = 30,
            ["recurrence"] = new JsonObject { ["type"] = 1, ["end_times"] = 3 },
        }))["id"]!;
        await product.InviteAsync(Accounts.Alice, meeting, Accounts.Dave);
        var alice = await OpenAsync();
        await alice.SignInAsync(Accounts.Alice);
        await alice.OpenMeetingAsync("Pocket meeting");
        await Assertions.Expect(alice.Link("Start")).ToBeInViewportAsync();
        await alice.Button($"Withdraw the invitation of {Accounts.Dave.Email}").ShowsAsync();
        await FitsAsync(alice, "meeting");

        await alice.Button("Show passcode").ClickAsync();
        await alice.GetByRole(AriaRole.Region, new() { Name = "Passcode" }).GetByRole(AriaRole.Status).ShowsAsync();
        await alice.Button("Invite others …").ClickAsync();
        await FitsAsync(alice, "invite");
        await alice.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await alice.GetByRole(AriaRole.Dialog).IsGoneAsync();

        await alice.Button("More actions").ClickAsync();
        await FitsAsync(alice, "more actions");
        await alice.GetByRole(AriaRole.Menuitem, new() { Name = "Edit" }).First.ClickAsync();
        await alice.GetByLabel("Topic").ShowsAsync();
        await FitsAsync(alice, "edit");
        await alice.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await alice.GetByRole(AriaRole.Dialog).IsGoneAsync();
        await alice.Button($"Withdraw the invitation of {Accounts.Dave.Email}").ClickAsync();
        await FitsAsync(alice, "withdraw");
        await alice.Button("Withdraw").Last.ClickAsync();
        await alice.GetByText("Nobody. People of your organisation need no invitation.").ShowsAsync();
        await FitsAsync(alice, "withdrawn, with its message");
    }

    [Fact]
    public async Task Gwen_comes_by_an_invitation_through_the_lobby_and_goes_on_from_there()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Alice, "Pocket interview");
        var invitation = await product.PostAsync(
            Accounts.Alice, $"meetings/{meeting}/invitations", new JsonObject { ["email"] = Accounts.Gwen.Email });
        var gwen = await OpenAsync();
        var door = await ZoomDoor.CloseAsync(gwen);
        await gwen.GotoAsync((string)invitation["joinUrl"]!);
        await Assertions.Expect(gwen.Button("Sign in and join")).ToBeInViewportAsync();
        await FitsAsync(gwen, "invitation");
        await gwen.GetByLabel("Meeting number from the invitation").FillAsync($"{meeting}");
        await gwen.Button("Sign in and join").ClickAsync();
        await gwen.ChooseAccountAsync(Accounts.Gwen);
        await Assertions.Expect(gwen.Button("Join now")).ToBeInViewportAsync();
        await FitsAsync(gwen, "lobby");
        await gwen.Button("Try the camera").ClickAsync();
        await FitsAsync(gwen, "lobby, without a camera");
        await gwen.Button("Join now").ClickAsync();
        Assert.Equal(0, (await door.AskedAsync()).Role);
        await gwen.GetByText("Participant (0)").ShowsAsync();
        await FitsAsync(gwen, "room");

        await gwen.GotoAsync($"/room?meeting={meeting}&left=1");
        await gwen.Heading("You have left the meeting").ShowsAsync();
        await FitsAsync(gwen, "left");
        await gwen.GotoAsync("/room?meeting=812345678");
        await gwen.GetByRole(AriaRole.Alert).ShowsAsync();
        await FitsAsync(gwen, "refused");
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await browser.OpenEmptyAsync(product.Site);
        await page.SetViewportSizeAsync(Width, 844);
        await page.GotoAsync("/");
        return page;
    }

    /// <summary>Nothing is wider than the screen, and what is pressed is 44 pixels high; links within a text are as high as that.</summary>
    private static async Task FitsAsync(IPage page, string state)
    {
        // A dialog grows as it opens.
        await page.WaitForFunctionAsync(
            """
            () => document.querySelector('[aria-busy="true"]') === null && document.getAnimations().every(({ playState, effect }) =>
              playState !== 'running' || effect.getComputedTiming().endTime === Infinity)
            """);
        var faults = await page.EvaluateAsync<string[]>(
            """
            () => {
              const found = [];
              const wide = document.documentElement.scrollWidth - innerWidth;
              if (wide > 0) found.push(`${wide} px too wide`);
              const pressed = 'button, [role="menuitem"], [role="tab"], select, textarea, a.fui-Button, nav a, input:not([type="radio"], [type="checkbox"])';
              for (const element of document.querySelectorAll(pressed)) {
                const target = element.closest('.fui-Input, .fui-Combobox, .fui-Select') ?? element;
                const { width, height, left, right } = target.getBoundingClientRect();
                if (width <= 1 || height <= 1 || element.closest('[aria-hidden="true"], [inert]') || getComputedStyle(element).visibility === 'hidden') continue;
                const name = element.getAttribute('aria-label') ?? element.innerText ?? '';
                if (height < 43.5) found.push(`${name || element.outerHTML.slice(0, 80)}: ${height} px high`);
                if (left < -0.5 || right > innerWidth + 0.5) found.push(`${name}: from ${left} to ${right}`);
              }
              return found;
            }
            """);
        Assert.True(faults.Length == 0, $"{state}: {string.Join("; ", faults)}");
    }
}
