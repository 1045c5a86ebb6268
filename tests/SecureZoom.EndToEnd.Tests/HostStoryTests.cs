using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>The newcomer's story: sign in, create a meeting, start it, see it in the trail.</summary>
[Collection(Product.OneAtATime)]
public sealed class HostStoryTests(Product product, Browser browser) : IClassFixture<Product>, IClassFixture<Browser>
{
    [Fact]
    public async Task Carol_creates_a_meeting_starts_it_with_the_real_SDK_and_finds_both_events_in_the_trail()
    {
        var page = await browser.OpenAsync(product.Site);
        var asked = await RefuseZoomAsync(page);
        await SignInAsync(page, Accounts.Carol);

        await page.GetByRole(AriaRole.Button, new() { Name = "New meeting" }).First.ClickAsync();
        await page.GetByLabel("Topic").FillAsync("Quarterly planning");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create meeting" }).ClickAsync();
        await page.GetByText("Quarterly planning").First.WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("Start") }).Or(
            page.GetByRole(AriaRole.Button, new() { NameRegex = new("Start") })).First.ClickAsync();
        var form = HttpUtility.ParseQueryString(await asked.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken));
        AssertSignature(form["signature"]!, form["meetingNumber"]!);
        await page.GetByText("This is the sandbox: there is no Zoom to call").WaitForAsync();

        await page.GotoAsync(new Uri(product.Site, "/audit?action=meeting.created").AbsoluteUri);
        await page.GetByText("Carol Clark from IT (Acme Corp) created a").First.WaitForAsync();
        await page.GetByText("as Zoom tells").First.WaitForAsync();
    }

    internal static async Task SignInAsync(IPage page, Account account)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with SSO" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new(account.Email) }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Meetings", Exact = true }).WaitForAsync();
    }

    /// <summary>Lets no request reach Zoom; the result is the body of the SDK's request to join.</summary>
    private static async Task<TaskCompletionSource<string>> RefuseZoomAsync(IPage page)
    {
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync(new System.Text.RegularExpressions.Regex(@"^https://([^/]+\.)?zoom\.us/"), async route =>
        {
            if (route.Request.Url.Contains("/api/v1/wc/info", StringComparison.Ordinal))
            {
                asked.TrySetResult(route.Request.PostData ?? "");
            }

            await route.AbortAsync();
        });
        return asked;
    }

    private void AssertSignature(string signature, string meetingNumber)
    {
        var parts = signature.Split('.');
        var secret = product.Sandbox.Secrets["zoom-sdk-client-secret"];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Assert.Equal(Base64Url.EncodeToString(mac), parts[2]);

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        Assert.Equal(product.Sandbox.Secrets["zoom-sdk-client-id"], (string?)claims["appKey"]);
        Assert.Equal(meetingNumber, claims["mn"]!.ToString());
        Assert.Equal(1, (int)claims["role"]!);
        Assert.Equal((long)claims["exp"]!, (long)claims["tokenExp"]!);
        Assert.InRange((long)claims["exp"]! - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 7000, 7200);
    }
}
