using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>The room with the SDK's real package and no way to Zoom: people are told in time, and Zoom is told no more than it needs.</summary>
[Collection<PageStories>]
public sealed class UnreachableZoomTests(Product product, Browser browser)
{
    private static readonly LocatorWaitForOptions Patiently = new() { Timeout = 180_000 };

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_whose_network_refuses_Zoom_is_told_and_tries_again_with_a_fresh_signature()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Carol, "Review");
        var page = await SignInAsync(Accounts.Carol);
        var wire = await Wire.CutAsync(page, isSilent: false);

        await page.GotoAsync(Room($"meeting={meeting}&role=1"));
        await page.Button("Start the meeting").ClickAsync();
        await AssertToldWithinAsync(page, wire, TimeSpan.FromSeconds(15), withZak: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await AssertToldWithinAsync(page, wire, TimeSpan.FromSeconds(15), withZak: true);

        Assert.Equal(2, wire.Signatures.Count);
        await AssertNothingElseIsToldAsync(wire);
    }

    [Fact]
    public async Task A_guest_whose_network_is_silent_is_told_and_Zoom_never_hears_of_the_invitation()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Carol, "Review");
        var invitation = await product.InviteAsync(Accounts.Carol, meeting, Accounts.Dave);
        var page = await SignInAsync(Accounts.Dave);
        var wire = await Wire.CutAsync(page, isSilent: true);
        await page.Clock.InstallAsync();

        await page.GotoAsync(Room($"meeting={meeting}#{invitation}"));
        await page.Button("Join now").ClickAsync();
        await AssertToldWithinAsync(page, wire, TimeSpan.FromSeconds(40), withZak: false, inHaste: true);

        await AssertNothingElseIsToldAsync(wire, invitation);
    }

    /// <summary>By the page's own clock, from the SDK's request on: neither ours nor a busy machine's start of the SDK counts.</summary>
    private static async Task AssertToldWithinAsync(IPage page, Wire wire, TimeSpan limit, bool withZak, bool inHaste = false)
    {
        var form = await wire.WhenAskedToJoinAsync(Cancellation);
        var asked = await page.EvaluateAsync<double>("performance.now()");
        var heading = page.GetByRole(AriaRole.Alert)
            .GetByRole(AriaRole.Heading, new() { NameRegex = new("^Zoom (cannot be reached|does not answer)$") });
        // Nobody answers: the page waits for nothing but its own clock.
        for (var waited = TimeSpan.Zero; inHaste && waited < limit && await heading.CountAsync() == 0; waited += Tick)
        {
            await page.Clock.RunForAsync((long)Tick.TotalMilliseconds);
        }

        await heading.WaitForAsync(Patiently);
        var told = await page.EvaluateAsync<double>("performance.now()");

        Assert.InRange(told - asked, 0, limit.TotalMilliseconds);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Check whether your network or a firewall blocks zoom.us");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
        await page.Link(withZak ? "Back to meetings" : "Join another meeting").ShowsAsync();

        var given = wire.Signatures.Last();
        Assert.Equal((string?)given["signature"], form["signature"]);
        Assert.Equal((string?)given["meetingNumber"], form["meetingNumber"]);
        Assert.Equal(withZak, given["zak"] is not null);
        // The one credential of ours beside the signature, which the host's SDK needs.
        Assert.Equal((string?)given["zak"], form.AllKeys.Select(name => form[name]).SingleOrDefault(value => value == (string?)given["zak"] && value is not null));
    }

    private async Task AssertNothingElseIsToldAsync(Wire wire, params string[] invitations)
    {
        var secrets = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(product.Data, "secrets.json"), Cancellation))!.AsObject()
            .Where(secret => !secret.Key.EndsWith("-id", StringComparison.Ordinal))
            .Select(secret => (string)secret.Value!);
        Assert.NotEmpty(wire.Tokens);
        Assert.NotEmpty(wire.Sent);
        Assert.All(wire.Sent, request => Assert.All(
            [.. secrets, .. wire.Tokens, .. invitations], hidden => Assert.DoesNotContain(hidden, request, StringComparison.Ordinal)));
    }

    private string Room(string rest) => new Uri(product.Site, $"/room?{rest}").AbsoluteUri;

    /// <summary>A site that does not know that it is a sandbox: there the room explains, instead of telling of a failure.</summary>
    private async Task<IPage> SignInAsync(Account account)
    {
        var page = await browser.OpenEmptyAsync(product.Site);
        page.SetDefaultTimeout(180_000);
        await page.RouteAsync("**/config.json", async route =>
        {
            var response = await route.FetchAsync();
            var config = JsonNode.Parse(await response.TextAsync())!;
            config["sandbox"] = false;
            await route.FulfillAsync(new RouteFulfillOptions { Response = response, Body = config.ToJsonString() });
        });
        await page.GotoAsync(product.Site.AbsoluteUri);
        await page.SignInAsync(account);
        return page;
    }
}
