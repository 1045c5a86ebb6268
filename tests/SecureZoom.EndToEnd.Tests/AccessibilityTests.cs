using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What axe finds wrong with a page: nothing, in light and dark, on a desk and on a phone.</summary>
public sealed partial class AccessibilityTests(Product product, Browser browser) : IClassFixture<Product>
{
    private static readonly (int Width, int Height)[] Sizes = [(1280, 800), (390, 844)];

    private readonly List<string> _faults = [];

    [Fact]
    public async Task Pages_for_visitors_have_no_fault()
    {
        var page = await browser.OpenAsync(product.Site);
        await CheckAsync(page, "first page", page.Heading("Meetings you can account for"));
        await page.GotoAsync("/join");
        await CheckAsync(page, "join", page.Button("Sign in and join"));
        await page.GetByLabel("Meeting number or link").FillAsync("12");
        await page.Button("Sign in and join").ClickAsync();
        await CheckAsync(page, "join, refused", page.GetByText("This is neither a meeting number"));
        await page.GotoAsync("/meetings");
        await CheckAsync(page, "sign-in needed", page.Heading("Please sign in"));
        await page.GotoAsync("/nowhere");
        await CheckAsync(page, "not found", page.Heading("There is no such page"));
        await page.GotoAsync("/room?meeting=none");
        await CheckAsync(page, "room without a meeting", page.Heading("This link names no meeting"));
        await page.GotoAsync(new Uri(product.Sandbox.AppAddress, "docs").AbsoluteUri);
        await CheckAsync(page, "the API's documentation", page.Heading("SecureZoom API"));
        await page.Locator("summary").First.ClickAsync();
        await CheckAsync(page, "the API's documentation, one call open", page.GetByText("Answers").First);
        AssertNoFaults();
    }

    [Fact]
    public async Task Pages_for_hosts_and_guests_have_no_fault_with_menus_and_dialogs_open()
    {
        var page = await browser.OpenAsync(product.Site);
        await ZoomDoor.CloseAsync(page);
        await page.SignInAsync(Accounts.Alice);
        await CheckAsync(page, "no meetings", page.Heading("No meetings yet"));
        var meeting = await product.CreateMeetingAsync(Accounts.Alice, "Outlook");
        await page.ReloadAsync();
        await CheckAsync(page, "meetings", page.Meeting("Outlook"));

        await page.Button("More actions for Outlook").ClickAsync();
        await CheckAsync(page, "a meeting's menu", page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete …" }));
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete …" }).ClickAsync();
        await CheckAsync(page, "deletion", page.Heading("Delete this meeting?"));
        await page.Button("Cancel").ClickAsync();
        await page.Button("New meeting").ClickAsync();
        await page.Button("Create meeting").ClickAsync();
        await CheckAsync(page, "new meeting, refused", page.GetByText("Please give the meeting a topic."));
        await page.GetByLabel("Again and again").CheckAsync();
        await CheckAsync(page, "a series", page.GetByRole(AriaRole.Checkbox, new() { Name = "Friday" }));
        await page.Box("Time zone").FillAsync("Bombay");
        await CheckAsync(page, "time zones", page.GetByRole(AriaRole.Option, new() { Name = "Mumbai" }));
        await page.Keyboard.PressAsync("Escape");
        await page.Box("First on").ClickAsync();
        await CheckAsync(page, "calendar", page.GetByRole(AriaRole.Grid));
        await page.Keyboard.PressAsync("Escape");
        await page.Button("Cancel").ClickAsync();
        await page.Button("Throw away").ClickAsync();
        await page.ChooseAsync("Outlook", "Invite others …");
        await CheckAsync(page, "invite", page.Button("Make invitation"));
        await page.GetByLabel("E-mail addresses they sign in with").FillAsync(Accounts.Dave.Email);
        await page.Button("Make invitation").ClickAsync();
        await CheckAsync(page, "invitation made", page.Heading("Invitation ready"));
        var invitation = await page.GetByLabel("Link", new() { Exact = true }).InputValueAsync();
        await page.GotoAsync($"/meetings/{meeting}");
        await page.Button("Show passcode").ClickAsync();
        await CheckAsync(page, "one meeting", page.Button($"Withdraw the invitation of {Accounts.Dave.Email}"));
        await page.GotoAsync("/meetings?when=past&query=none");
        await CheckAsync(page, "no past meetings", page.Heading("Nothing found"));
        await page.GotoAsync(invitation);
        await CheckAsync(page, "invitation", page.Heading("You have an invitation"));

        await page.GotoAsync("/me");
        await CheckAsync(page, "my account", page.Heading("My groups"));
        await page.GotoAsync($"/room?meeting={meeting}&role=1");
        await CheckAsync(page, "lobby of the host", page.Button("Start the meeting"));
        await page.Button("Start the meeting").ClickAsync();
        await CheckAsync(page, "room, after Zoom's answer", page.Heading("This is the sandbox: there is no Zoom to call"));
        await page.GotoAsync("/room?meeting=987654321");
        await CheckAsync(page, "room, refused", page.Heading("No such meeting for you"));

        var bob = await browser.OpenAsync(product.Site);
        await bob.SignInAsync(Accounts.Bob);
        await bob.GotoAsync($"/room?meeting={meeting}&role=1");
        await CheckAsync(bob, "lobby of a participant", bob.GetByText("Waiting for the host to start the meeting"));
        await bob.GotoAsync("/audit");
        await CheckAsync(bob, "audit without the permission", bob.Heading("You may not do this"));
        AssertNoFaults();
    }

    [Fact]
    public async Task Pages_for_auditors_have_no_fault_with_filters_details_and_charts_open()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Dave, "Review");
        await product.StartMeetingAsync(Accounts.Dave, meeting);
        await product.WhenRecordedAsync(Accounts.Olive, "organization=org_globex&action=meeting.started", 1);
        var page = await browser.OpenAsync(product.Site);
        await page.SignInAsync(Accounts.Olive);
        await CheckAsync(page, "choice of a trail", page.Heading("Whose trail?"));
        await page.GetByLabel("Organisation id").FillAsync(Accounts.Dave.OrganizationId!);
        await page.Button("Open its trail").ClickAsync();
        await CheckAsync(page, "audit", page.Records().First);
        await page.Button("Show charts").ClickAsync();
        await page.Button("As a table").ClickAsync();
        await CheckAsync(page, "audit with charts", page.GetByRole(AriaRole.Slider, new() { Name = "Meetings started" }));
        await page.Button("Details").First.ClickAsync();
        await CheckAsync(page, "audit with a record open", page.GetByText("Record id"));
        await page.Button("Close").ClickAsync();
        await page.Button("Export").ClickAsync();
        await CheckAsync(page, "export menu", page.GetByRole(AriaRole.Menuitem, new() { Name = "As a table (CSV)" }));

        await page.GotoAsync($"/audit/1?organization={Accounts.Dave.OrganizationId}");
        await CheckAsync(page, "one record", page.GetByText("Record id"));
        await page.GotoAsync($"/security?organization={Accounts.Dave.OrganizationId}");
        await CheckAsync(page, "security", page.Heading("Active people a day"));
        await page.GotoAsync($"/security/people/{Accounts.Dave.Email}?organization={Accounts.Dave.OrganizationId}");
        await CheckAsync(page, "a person's story", page.GetByRole(AriaRole.List, new() { NameRegex = Records() }).First);

        var keeper = new TrailKeeper(product.Sandbox, Accounts.Dave.OrganizationId!);
        await keeper.SignAsync();
        await page.GotoAsync($"/audit/verify?organization={Accounts.Dave.OrganizationId}");
        await CheckAsync(page, "verify, before", page.Button("It is the same: pin this key"));
        await page.Button("It is the same: pin this key").ClickAsync();
        await page.Button("Verify now").ClickAsync();
        await CheckAsync(page, "verify, proved", page.GetByText("Checked in this browser"));
        var altered = await keeper.AlterAsync(was: "Globex", becomes: "Initech");
        await page.Button("Verify again").ClickAsync();
        await CheckAsync(page, "verify, broken", page.Heading($"Record {altered} is wrong"));
        AssertNoFaults();
    }

    private void AssertNoFaults() => Assert.True(_faults.Count == 0, string.Join('\n', _faults));

    private async Task CheckAsync(IPage page, string state, ILocator shown)
    {
        await shown.ShowsAsync();
        foreach (var (width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await WhenStillAsync(page);
                var found = scheme == ColorScheme.Light ? await Axe.FindFaultsAsync(page) : await Axe.FindColorFaultsAsync(page);
                _faults.AddRange(found.Select(fault => $"{state}, {width} px, {scheme}: {fault}"));
            }
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ForcedColors = ForcedColors.Active });
        await WhenStillAsync(page);
        _faults.AddRange((await Axe.FindColorFaultsAsync(page)).Select(fault => $"{state}, forced colours: {fault}"));
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
    }

    [GeneratedRegex("^Records: ")]
    private static partial Regex Records();

    /// <summary>Colours on their way from one to another would be judged halfway.</summary>
    private static async Task WhenStillAsync(IPage page)
    {
        await page.EvaluateAsync("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        await page.WaitForFunctionAsync(
            """
            () => document.getAnimations().every(({ playState, effect }) =>
              playState !== 'running' || effect.getComputedTiming().endTime === Infinity)
            """);
    }
}
