using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Without a mouse, on a desk and on a phone: Tab leads to all that can be pressed, and whoever closes a dialog is where they opened it.</summary>
[Collection<PageStories>]
public sealed class KeyboardStoryTests(Product product, Browser browser)
{
    /// <summary>More than any page has.</summary>
    private const int MostSteps = 250;

    /// <summary>
    /// What shows and takes the focus by itself, and has not had it: of several that go by arrows, one does. The library's own watchmen, at
    /// the ends of what it keeps the focus in, are nobody's; what has come meanwhile, such as word of new records, is none that was missed.
    /// </summary>
    private const string Missed =
        """
        () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
          .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
          .filter((one) => !one.closest('[inert], [aria-hidden="true"]') && !one.hasAttribute('data-tabster-dummy'))
          .filter((one) => one.type !== 'radio' || one.checked)
          .filter((one) => one.getAttribute('role') !== 'tab' || one.getAttribute('aria-selected') === 'true')
          .filter((one) => window.there.has(one) && !window.focused.has(one))
          .map((one) => one.outerHTML.slice(0, 200))
        """;

    public static TheoryData<int> Widths => [1280, 390];

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Tab_leads_to_all_that_can_be_pressed(int width)
    {
        var (carol, meeting) = await OpenAsync(width, $"Tabbed {width}");
        (string Path, string Heading)[] pages =
        [
            ("/meetings", "Meetings"), ($"/meetings/{meeting}", $"Tabbed {width}"), ("/join", "Join a meeting"), ("/me", "My account"), ("/audit/1", "Record 1"),
            ("/security", "Security"),
        ];
        foreach (var (path, heading) in pages)
        {
            await carol.GotoAsync(path);
            await carol.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true, Level = 1 }).ShowsAsync();
            await Assertions.Expect(carol.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            await WalkAsync(carol);
            var missed = await carol.EvaluateAsync<string[]>(Missed);
            Assert.True(missed.Length == 0, $"{path}: {string.Join('\n', missed)}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Whoever_closes_a_dialog_is_where_they_opened_it(int width)
    {
        var (carol, meeting) = await OpenAsync(width, $"Closed {width}");
        await carol.GotoAsync($"/meetings/{meeting}");
        foreach (var name in new[] { "New passcode …", "Invite others …", $"Withdraw the invitation of {Accounts.Dave.Email}" })
        {
            await OpenAndCloseAsync(carol, carol.Button(name));
        }

        await carol.GotoAsync("/audit");
        await OpenAndCloseAsync(carol, carol.Records().First.GetByRole(AriaRole.Button, new() { Name = "Details", Exact = true }));
        await carol.GotoAsync($"/security/people/{Accounts.Carol.Email}");
        await OpenAndCloseAsync(carol, carol.GetByRole(AriaRole.Button, new() { Name = "Details", Exact = true }).First);
    }

    private static async Task OpenAndCloseAsync(IPage page, ILocator opener)
    {
        await opener.ShowsAsync();
        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.Locator("[role=dialog], [role=alertdialog]");
        await dialog.ShowsAsync();
        await page.Keyboard.PressAsync("Escape");
        await dialog.IsGoneAsync();
        await Assertions.Expect(opener).ToBeFocusedAsync();
    }

    /// <summary>By Tab, round the page, until nothing new comes: a date has several places for the focus, and the end of a page is one, too.</summary>
    private static async Task WalkAsync(IPage page)
    {
        const int Enough = 8;
        await page.EvaluateAsync("() => { window.there = new Set(document.querySelectorAll('*')); window.focused = new Set(); document.addEventListener('focusin', (event) => window.focused.add(event.target)); }");
        var (seen, idle) = (0, 0);
        for (var steps = 0; idle < Enough; steps++)
        {
            Assert.True(steps < MostSteps, $"{page.Url} has no end.");
            await page.Keyboard.PressAsync("Tab");
            var now = await page.EvaluateAsync<int>("() => window.focused.size");
            idle = now == seen ? idle + 1 : 0;
            seen = now;
        }
    }

    private async Task<(IPage Page, long Meeting)> OpenAsync(int width, string topic)
    {
        const int Height = 844;
        var meeting = await product.CreateMeetingAsync(Accounts.Carol, topic);
        await product.InviteAsync(Accounts.Carol, meeting, Accounts.Dave);
        var carol = await browser.OpenAsync(product.Site);
        await carol.SignInAsync(Accounts.Carol);
        await carol.SetViewportSizeAsync(width, Height);
        return (carol, meeting);
    }
}
