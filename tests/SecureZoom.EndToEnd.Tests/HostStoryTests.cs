using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>The newcomer's story: sign in, create a meeting, start it, see it in the trail.</summary>
[Collection<PageStories>]
public sealed class HostStoryTests(Product product, Browser browser)
{
    [Fact]
    public async Task Carol_creates_a_meeting_starts_it_with_the_real_SDK_and_finds_both_events_in_the_trail()
    {
        var page = await browser.OpenAsync(product.Site);
        var door = await ZoomDoor.CloseAsync(page);
        await page.SignInAsync(Accounts.Carol);

        await page.CreateMeetingAsync("Annual planning");
        await page.Meeting("Annual planning").GetByRole(AriaRole.Link, new() { Name = "Start" }).ClickAsync();
        await page.Button("Start the meeting").ClickAsync();
        var asked = await door.AskedAsync();
        AssertSignature(asked);
        await page.Heading("This is the sandbox: there is no Zoom to call").ShowsAsync();

        var created = $"action=meeting.created&meeting={asked.MeetingNumber}";
        await product.WhenRecordedAsync(Accounts.Carol, created, 2);
        await page.GotoAsync($"/audit?{created}");
        await page.GetByText("Carol Clark from IT (Acme Corp) created a").First.ShowsAsync();
        // Zoom's own record of the same deed is folded into it.
        await page.Button("2 records").First.ClickAsync();
        await page.GetByText("as Zoom tells").First.ShowsAsync();
    }

    private void AssertSignature(ZoomDoor.JoinRequest asked)
    {
        var parts = asked.Signature.Split('.');
        var secret = product.Sandbox.Secrets["zoom-sdk-client-secret"];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Assert.Equal(Base64Url.EncodeToString(mac), parts[2]);

        var claims = asked.Claims;
        Assert.Equal(product.Sandbox.Secrets["zoom-sdk-client-id"], (string?)claims["appKey"]);
        Assert.Equal(asked.MeetingNumber, claims["mn"]!.ToString());
        Assert.Equal(1, asked.Role);
        Assert.Equal((long)claims["exp"]!, (long)claims["tokenExp"]!);
        Assert.InRange((long)claims["exp"]! - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 7000, 7200);
    }
}
