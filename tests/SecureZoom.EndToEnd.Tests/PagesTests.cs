using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Every page, under exactly the headers of <c>staticwebapp.config.json</c>: no breach of them, and nothing in the console.</summary>
[Collection<PageStories>]
public sealed partial class PagesTests(Product product, Browser browser)
{
    private const string Invitation = "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn";
    private const string Number = "812 3456 7890";
    private static readonly LocatorWaitForOptions Patiently = new() { Timeout = 180_000 };

    [Fact]
    public async Task Visitors_see_every_page_without_a_breach_or_an_error()
    {
        var (page, watch) = await OpenAsync();
        await VisitAsync("/", "Meetings you can account for");
        await VisitAsync("/join", "Join a meeting");
        await VisitAsync($"/join#{Invitation}", "You have an invitation");
        await VisitAsync("/meetings", "Please sign in");
        await VisitAsync("/audit", "Please sign in");
        await VisitAsync("/audit/verify", "The key that signs");
        await VisitAsync("/me", "Please sign in");
        await VisitAsync("/nowhere", "There is no such page");
        await VisitAsync("/room", "This link names no meeting");
        await VisitAsync($"/room?meeting={Number}", "Please sign in to join");
        await VisitAsync($"/room?meeting={Number}&left=1", "You have left the meeting");
        watch.AssertQuiet();

        async Task VisitAsync(string path, string heading) => await LoadAsync(page, watch, path, heading);
    }

    [Fact]
    public async Task Who_is_signed_in_uses_every_page_without_a_breach_or_an_error()
    {
        var (page, watch) = await OpenAsync();
        await product.BeRefusedAsync(Accounts.Bob);
        watch.Visit("sign-in");
        await page.GotoAsync(product.Site.AbsoluteUri);
        await page.SignInAsync(Accounts.Carol);

        await VisitAsync("/", "Meetings");
        await ClickAsync(AriaRole.Button, "New meeting");
        await page.GetByLabel("Topic").FillAsync("Quarterly planning");
        await ClickAsync(AriaRole.Button, "Create meeting");
        await page.GetByText("Meeting created").First.WaitForAsync(Patiently);
        await VisitAsync("/meetings", "Meetings");
        await page.GetByText("Quarterly planning").First.WaitForAsync(Patiently);
        await ClickAsync(AriaRole.Button, "More actions for Quarterly planning");
        await ClickAsync(AriaRole.Menuitem, "Invite others …");
        await page.GetByLabel("E-mail addresses they sign in with").FillAsync("dave@globex.example");
        await ClickAsync(AriaRole.Button, "Make invitation");
        await page.GetByText("Invitation ready").WaitForAsync(Patiently);

        await VisitAsync("/join", "Join a meeting");
        await VisitAsync($"/join#{Invitation}", "You have an invitation");
        await VisitAsync("/me", "My account");
        await page.GetByText("zoom-admins", new() { Exact = true }).WaitForAsync(Patiently);
        await VisitAsync("/nowhere", "There is no such page");

        await VisitAsync("/audit", "Audit trail");
        await page.GetByText("Carol Clark from IT (Acme Corp) created a").First.WaitForAsync(Patiently);
        await ClickAsync(AriaRole.Button, "Show charts");
        await page.GetByText("As a table", new() { Exact = true }).WaitForAsync(Patiently);
        await ClickAsync(AriaRole.Button, "Details", first: true);
        await page.GetByText("Record id").WaitForAsync(Patiently);
        await ClickAsync(AriaRole.Button, "Copy JSON");
        await ClickAsync(AriaRole.Button, "Close");
        await ClickAsync(AriaRole.Button, "Export");
        await ClickAsync(AriaRole.Menuitem, "As signed lines (NDJSON)");
        await page.GetByText("Saved as").WaitForAsync(Patiently);
        await VisitAsync("/audit/1", "Record 1");
        await VisitAsync("/security", "Security");
        await page.Heading("Active people a day").WaitForAsync(Patiently);
        await VisitAsync("/security/people/carol%40acme.example", "Everything about carol@acme.example");
        await new TrailKeeper(product.Sandbox, Accounts.Carol.OrganizationId!).SignAsync();
        await VisitAsync("/audit/verify", "Verify the trail");
        await ClickAsync(AriaRole.Button, "It is the same: pin this key");
        await ClickAsync(AriaRole.Button, "Verify now");
        await page.GetByText("Checked in this browser").WaitForAsync(Patiently);
        watch.AssertQuiet();

        async Task VisitAsync(string path, string heading) => await LoadAsync(page, watch, path, heading);
        async Task ClickAsync(AriaRole role, string name, bool first = false)
        {
            var found = page.GetByRole(role, new() { Name = name, Exact = !first });
            await found.First.ClickAsync();
        }
    }

    [Fact]
    public async Task The_room_joins_with_the_real_SDK_without_a_breach_or_an_error()
    {
        var (page, watch) = await OpenAsync();
        var meeting = await product.CreateMeetingAsync(Accounts.Carol, "Review");
        watch.Visit("sign-in");
        await page.GotoAsync(product.Site.AbsoluteUri);
        await page.SignInAsync(Accounts.Carol);

        await LoadAsync(page, watch, $"/room?meeting={meeting}&role=1", "Review");
        await page.Button("Start the meeting").ClickAsync();
        await page.Heading("This is the sandbox: there is no Zoom to call").WaitForAsync(Patiently);
        watch.AssertQuiet();
    }

    [Fact]
    public async Task The_API_s_page_breaks_no_rule_of_its_own()
    {
        var (page, watch) = await OpenAsync();
        var response = await page.GotoAsync(new Uri(product.Sandbox.AppAddress, "docs").AbsoluteUri);
        await page.GetByRole(AriaRole.Heading, new() { Name = "SecureZoom API", Exact = true }).WaitForAsync(Patiently);

        Assert.StartsWith("default-src 'none'; style-src 'sha256-", response!.Headers["content-security-policy"], StringComparison.Ordinal);
        watch.AssertQuiet();
    }

    /// <summary>A new visitor, whom nobody lets through to Zoom; every answer of the site must carry the headers that it should.</summary>
    private async Task<(IPage Page, PageWatch Watch)> OpenAsync()
    {
        var page = await browser.OpenEmptyAsync(product.Site);
        page.SetDefaultTimeout(180_000);
        await page.RouteAsync(Zoom(), route => route.AbortAsync());
        var watch = await PageWatch.StartAsync(page, message => Zoom().IsMatch(message.Location));
        var expected = await SiteHeaders.ReadAsync(product.Sandbox, TestContext.Current.CancellationToken);
        page.Response += (_, response) =>
        {
            var address = new Uri(response.Url);
            if (address.IsAbsoluteUri && address.Authority == product.Site.Authority && !response.FromServiceWorker)
            {
                watch.Compare(address.AbsolutePath, expected.Of(address.AbsolutePath), response.Headers);
            }
        };
        return (page, watch);
    }

    private async Task LoadAsync(IPage page, PageWatch watch, string path, string heading)
    {
        watch.Visit(path);
        // Two addresses that differ in their fragment are one document: each page here shall be loaded.
        await page.GotoAsync("about:blank");
        await page.GotoAsync(new Uri(product.Site, path).AbsoluteUri);
        await page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true }).WaitForAsync(Patiently);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    [GeneratedRegex(@"^(https|wss)://([^/]+\.)?zoom\.us/")]
    private static partial Regex Zoom();
}
