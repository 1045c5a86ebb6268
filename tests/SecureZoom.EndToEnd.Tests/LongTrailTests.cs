using System.Text.Json.Nodes;
using System.Web;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>A trail that nobody wants to see drawn whole.</summary>
[Collection<MeetingStories>]
public sealed class LongTrailTests(Product product, Browser browser)
{
    private const int Records = 10_000;
    private const int PageSize = 1_000;

    [Fact]
    public async Task Of_ten_thousand_records_only_those_that_are_seen_are_drawn_down_to_the_last()
    {
        var page = await browser.OpenAsync(product.Site);
        await page.RouteAsync("**/api/audit?*", route => route.FulfillAsync(new()
        {
            Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*" },
            ContentType = "application/json",
            Body = PageOf(HttpUtility.ParseQueryString(new Uri(route.Request.Url).Query)["cursor"]).ToJsonString(),
        }));
        await page.SignInAsync(Accounts.Audrey);
        var rows = page.GetByRole(AriaRole.Article);
        await rows.First.ShowsAsync();
        var last = page.GetByText("Record number 1 of many", new() { Exact = true });
        await Product.UntilAsync(async () =>
        {
            Assert.InRange(await rows.CountAsync(), 1, 60);
            await page.Keyboard.PressAsync("End");
            return await last.IsVisibleAsync();
        });
        await page.GetByText("That is all.").ShowsAsync();
        Assert.Equal($"{Records}", await page.GetByRole(AriaRole.Listitem).Filter(new() { Has = rows }).Last.GetAttributeAsync("aria-posinset"));
    }

    private static JsonObject PageOf(string? cursor)
    {
        var last = cursor is null ? Records : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var records = Enumerable.Range(0, PageSize).Select(offset => (JsonNode)Record(last - offset));
        var page = new JsonObject { ["records"] = new JsonArray([.. records]) };
        if (last > PageSize)
        {
            page["cursor"] = $"{last - PageSize}";
        }

        return page;
    }

    private static JsonObject Record(int sequence) => new()
    {
        ["sequence"] = sequence,
        ["id"] = $"{sequence:x32}",
        ["occurredAt"] = "2026-01-15T12:00:00Z",
        ["recordedAt"] = "2026-01-15T12:00:00Z",
        ["organization"] = Accounts.Audrey.OrganizationId,
        ["actor"] = new JsonObject { ["type"] = "user" },
        ["action"] = "signin.succeeded",
        ["outcome"] = "success",
        ["source"] = "auth0",
        ["sentence"] = $"Record number {sequence} of many",
    };
}
