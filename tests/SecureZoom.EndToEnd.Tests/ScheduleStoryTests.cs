using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>The form in which meetings are planned, by somebody in Berlin.</summary>
[Collection<MeetingStories>]
public sealed class ScheduleStoryTests(Product product, Browser browser)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Alice_plans_a_series_by_the_clock_of_another_place_and_changes_one_time_of_it(int width)
    {
        var topic = $"Coast call at {width}";
        var alice = await OpenFormAsync(width, topic);
        await alice.GetByLabel("Again and again").CheckAsync();
        await alice.Box("Time zone").FillAsync("PST");
        await alice.GetByRole(AriaRole.Option, new() { Name = "Los Angeles" }).ClickAsync();
        await alice.Box("First on").FillAsync("5/1/2032");
        await alice.Box("Time").FillAsync("8.30");
        await alice.GetByText("That is 17:30 for you.").ShowsAsync();
        await alice.Box("Duration").FillAsync("1:20");
        await alice.GetByLabel("Repeats").SelectOptionAsync("Monthly");
        await alice.GetByLabel("A day of the week").CheckAsync();
        var times = alice.GetByRole(AriaRole.Spinbutton, new() { Name = "Number of times" });
        await times.FillAsync("51");
        await alice.Button("Create meeting").ClickAsync();
        await Assertions.Expect(times).ToBeFocusedAsync();
        await times.FillAsync("3");
        await alice.Button("Create meeting").ClickAsync();

        await alice.OpenMeetingAsync(topic);
        await alice.GetByText("Every month on the first Mon, 3 times").ShowsAsync();
        var meeting = await ReadAsync(alice);
        Assert.Equal("America/Los_Angeles", (string?)meeting["timezone"]);
        Assert.Equal(80, (int?)meeting["duration"]);
        // By the clock there, which is put forward in between, whatever that is in UTC.
        Assert.Equal(["2032-01-05T16:30:00Z", "2032-02-02T16:30:00Z", "2032-03-01T16:30:00Z"], Starts(meeting));

        var rows = alice.GetByRole(AriaRole.Region, new() { Name = "Times of the series" }).GetByRole(AriaRole.Listitem);
        await rows.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await alice.Heading("Edit one time of the series").ShowsAsync();
        await alice.Box("Time").FillAsync("9:00");
        await alice.Box("Duration").FillAsync("30");
        await alice.Button("Save").ClickAsync();
        await rows.Nth(1).GetByText("18:00 CET").ShowsAsync();
        await rows.Nth(1).GetByText("30 min").ShowsAsync();
        Assert.Equal(["2032-01-05T16:30:00Z", "2032-02-02T17:00:00Z", "2032-03-01T16:30:00Z"], Starts(await ReadAsync(alice)));
    }

    [Fact]
    public async Task Alice_is_asked_which_hour_she_means_where_it_comes_twice()
    {
        var alice = await OpenFormAsync(width: 1280, "Night shift");
        await alice.Box("Date").FillAsync("2032-10-31");
        await alice.Box("Time").FillAsync("2:30");
        await alice.Button("Create meeting").ClickAsync();
        await alice.GetByText("Please choose one of the two.").ShowsAsync();
        await Assertions.Expect(alice.GetByLabel("The first: Sun, 31 Oct 2032, 02:30 CEST")).ToBeFocusedAsync();
        await alice.GetByLabel("The second: Sun, 31 Oct 2032, 02:30 CET").CheckAsync();
        await alice.Button("Create meeting").ClickAsync();
        await alice.OpenMeetingAsync("Night shift");
        await alice.GetByText("Sun, 31 Oct 2032, 02:30 CET").ShowsAsync();
        Assert.Equal("2032-10-31T01:30:00Z", (string?)(await ReadAsync(alice))["start_time"]);
    }

    private async Task<IPage> OpenFormAsync(int width, string topic)
    {
        var page = await browser.OpenAsync(product.Site);
        await page.SetViewportSizeAsync(width, 844);
        await page.SignInAsync(Accounts.Alice);
        await page.Button("New meeting").ClickAsync();
        await page.GetByLabel("Topic").FillAsync(topic);
        return page;
    }

    /// <summary>The meeting whose page is open.</summary>
    private Task<JsonObject> ReadAsync(IPage page) =>
        product.GetAsync(Accounts.Alice, $"meetings/{new Uri(page.Url).Segments[^1]}");

    private static IEnumerable<string?> Starts(JsonObject meeting) =>
        meeting["occurrences"]!.AsArray().Select(occurrence => (string?)occurrence!["start_time"]);
}
