using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What people do at the site, in its own words.</summary>
internal static class Steps
{
    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>A field in which something is typed or chosen.</summary>
    public static ILocator Box(this IPage page, string name) => page.GetByRole(AriaRole.Combobox, new() { Name = name, Exact = true });

    public static ILocator Heading(this IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public static ILocator Meeting(this IPage page, string topic) => page.GetByRole(AriaRole.Article, new() { Name = topic, Exact = true });

    /// <summary>What the audit page lists, as far as it is drawn.</summary>
    public static ILocator Records(this IPage page) =>
        page.GetByRole(AriaRole.List, new() { Name = "Audit records" }).GetByRole(AriaRole.Article);

    public static Task ShowsAsync(this ILocator locator) => Assertions.Expect(locator).ToBeVisibleAsync();

    public static Task IsGoneAsync(this ILocator locator) => Assertions.Expect(locator).ToHaveCountAsync(0);

    /// <summary>From the first page to the one that serves this account.</summary>
    public static async Task SignInAsync(this IPage page, Account account)
    {
        await page.Link("Sign in with SSO").ClickAsync();
        await page.ChooseAccountAsync(account);
        await page.Button("Sign out").ShowsAsync();
    }

    /// <summary>On the identity provider's page.</summary>
    public static Task ChooseAccountAsync(this IPage page, Account account) =>
        page.GetByRole(AriaRole.Button, new() { Name = account.Email }).ClickAsync();

    public static async Task CreateMeetingAsync(this IPage page, string topic)
    {
        await page.Button("New meeting").ClickAsync();
        await page.GetByLabel("Topic").FillAsync(topic);
        await page.Button("Create meeting").ClickAsync();
        await page.Meeting(topic).ShowsAsync();
    }

    /// <summary>From the list to the meeting's own page.</summary>
    public static async Task OpenMeetingAsync(this IPage page, string topic)
    {
        await page.Link(topic).ClickAsync();
        // In the list, which stays until the page is there, its heading is one of many.
        await page.GetByRole(AriaRole.Heading, new() { Name = topic, Exact = true, Level = 1 }).ShowsAsync();
    }

    /// <summary>Narrows what is shown of a trail.</summary>
    public static async Task AddFilterAsync(this IPage page, string by, string value)
    {
        await page.GetByLabel("Filter by").SelectOptionAsync(by);
        await page.GetByLabel("Value").FillAsync(value);
        await page.Button("Add filter").ClickAsync();
        await page.Button($"Remove filter {by}: {value}").ShowsAsync();
    }

    /// <summary>Chooses from a meeting's menu.</summary>
    public static async Task ChooseAsync(this IPage page, string topic, string action)
    {
        await page.Button($"More actions for {topic}").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = action }).ClickAsync();
    }

    /// <summary>Goes by Tab to something and presses a key there.</summary>
    public static async Task PressOnAsync(this IPage page, ILocator target, string key)
    {
        await page.ReachAsync(target);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Goes by Tab to something; fails when no number of steps leads there.</summary>
    public static async Task ReachAsync(this IPage page, ILocator target)
    {
        const int Enough = 400;
        await target.ShowsAsync();
        for (var steps = 0; !await target.EvaluateAsync<bool>("element => element === document.activeElement"); steps++)
        {
            Assert.True(steps < Enough, $"{target} cannot be reached with the keyboard.");
            await page.Keyboard.PressAsync("Tab");
        }
    }
}
