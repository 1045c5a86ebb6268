using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>No dead ends: each account of the sandbox over every link and button of every page that it can reach.</summary>
[Collection<PageStories>]
public sealed class CrawlTests(Product product, Browser browser)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What is typed, or was kept from another day: the account may be refused there.</summary>
    private static readonly string[] Typed = ["/nowhere", "/room", "/meetings", "/audit/verify", "/audit", "/security"];

    public static TheoryData<string> Everybody => [.. Accounts.All.Select(account => account.Email)];

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Whoever_follows_every_link_and_presses_every_button_meets_no_dead_end_and_no_error(string email)
    {
        var account = Accounts.WithEmail(email)!;
        var invitation = await PrepareAsync(account);
        var mayBeRefused = false;
        var (page, watch) = await OpenAsync(message => IsExplained(message) || (mayBeRefused && message.Text.Contains("status of 403", StringComparison.Ordinal)));
        var crawl = await Crawl.StartAsync(page, product.Site, watch, Patience);
        watch.Visit("sign-in");
        await page.GotoAsync("/");
        await page.SignInAsync(account);

        // Where the account begins, and what others send; nothing there leads to a refusal.
        await crawl.FromAsync(product.Site, new Uri(invitation));
        mayBeRefused = true;
        await crawl.FromAsync(Typed.Select(path => new Uri(product.Site, path)));
        Assert.Contains("/me", crawl.Kinds);
        TestContext.Current.TestOutputHelper?.WriteLine($"{crawl.Presses} buttons on {string.Join(", ", crawl.Kinds)}");
        watch.AssertQuiet();
    }

    [Fact]
    public async Task A_crawl_finds_a_page_without_a_way_on_and_what_only_the_console_tells()
    {
        const string Page =
            """
            <main><h1>The end</h1><a href="#main">Here</a></main>
            <script>console.error('planted'); Promise.reject(new Error('planted as well'));</script>
            """;
        var (page, watch) = await OpenAsync(IsExplained);
        await page.RouteAsync("**/nowhere", route => route.FulfillAsync(new() { ContentType = "text/html", Body = Page }));
        var crawl = await Crawl.StartAsync(page, product.Site, watch, patience: TimeSpan.FromSeconds(1));
        var found = await Assert.ThrowsAnyAsync<Exception>(() => crawl.FromAsync(new Uri(product.Site, "/nowhere")));
        foreach (var fault in new[] { "/nowhere: planted", "Error: planted as well", "waits for a way on" })
        {
            Assert.Contains(fault, found.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A new visitor, who may copy, and whom nobody lets through to Zoom.</summary>
    private async Task<(IPage Page, PageWatch Watch)> OpenAsync(Func<IConsoleMessage, bool> isExplained)
    {
        var page = await browser.OpenEmptyAsync(product.Site);
        await ZoomDoor.CloseAsync(page);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"], new() { Origin = product.Site.AbsoluteUri });
        return (page, await PageWatch.StartAsync(page, isExplained));
    }

    /// <summary>
    /// What the browser names though the page tells it in words: Zoom, where the test lets nobody go; and that records are not signed yet (409),
    /// where somebody asks for their evidence.
    /// </summary>
    private static bool IsExplained(IConsoleMessage message) =>
        message.Location.Contains("zoom.us/", StringComparison.Ordinal)
        || (message.Location.Contains("/api/audit", StringComparison.Ordinal) && message.Text.Contains("status of 409", StringComparison.Ordinal));

    /// <summary>Something to see, and a meeting of others that the account is invited to.</summary>
    /// <returns>The invitation's address.</returns>
    private async Task<string> PrepareAsync(Account account)
    {
        var (host, guest) = account.OrganizationId == Accounts.Dave.OrganizationId ? (Accounts.Carol, Accounts.Dave) : (Accounts.Dave, Accounts.Carol);
        var own = await product.CreateMeetingAsync(guest, $"Crawled by {account.Name}");
        await product.InviteAsync(guest, own, Accounts.Gwen);
        await product.BeRefusedAsync(Accounts.Bob);
        var meeting = await product.CreateMeetingAsync(host, $"Open to {account.Name}");
        var invited = await product.PostAsync(host, $"meetings/{meeting}/invitations", new JsonObject { ["email"] = account.Email });
        return (string)invited["joinUrl"]!;
    }
}
