using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>The organisation's meetings by time, and the page of one.</summary>
[Collection<MeetingStories>]
public sealed partial class MeetingListStoryTests(Product product, Browser browser)
{
    [Fact]
    public async Task Bob_finds_a_meeting_by_time_and_topic_and_the_address_keeps_what_he_looks_for()
    {
        await PlanAsync(Accounts.Alice, "Harvest kick-off", TimeSpan.FromMinutes(5));
        await PlanAsync(Accounts.Alice, "Harvest review", TimeSpan.FromDays(1));
        await PlanAsync(Accounts.Alice, "Something else", TimeSpan.FromDays(1));
        var bob = await browser.OpenAsync(product.Site);
        await bob.SetViewportSizeAsync(390, 844);
        await bob.SignInAsync(Accounts.Bob);
        await bob.Meeting("Harvest kick-off").GetByText(SoonText()).ShowsAsync();
        await bob.GetByRole(AriaRole.Region, new() { NameRegex = TomorrowText() }).GetByRole(AriaRole.Article, new() { Name = "Harvest review" }).ShowsAsync();

        await bob.GetByRole(AriaRole.Searchbox).FillAsync("HARVEST");
        await bob.Meeting("Something else").IsGoneAsync();
        await Assertions.Expect(bob).ToHaveURLAsync(SearchAddress());
        await bob.OpenMeetingAsync("Harvest review");
        await bob.GoBackAsync();
        await bob.Meeting("Harvest kick-off").ShowsAsync();
        await bob.ReloadAsync();
        await bob.Meeting("Harvest review").ShowsAsync();
        await bob.Meeting("Something else").IsGoneAsync();

        await bob.Button("Filters").ClickAsync();
        await bob.Button("Those that I host").ClickAsync();
        await bob.Heading("Nothing found").ShowsAsync();
        await bob.Button("Clear filters").ClickAsync();
        await bob.Meeting("Something else").ShowsAsync();
    }

    [Fact]
    public async Task What_Alice_saves_is_shown_without_asking_for_the_list_again_and_what_she_typed_is_not_thrown_away_unasked()
    {
        var alice = await browser.OpenAsync(product.Site);
        var door = await ZoomDoor.CloseAsync(alice);
        await alice.SignInAsync(Accounts.Alice);
        await alice.GetByRole(AriaRole.Searchbox).ShowsAsync();
        await alice.GetByRole(AriaRole.Progressbar).IsGoneAsync();
        var lists = new ConcurrentQueue<string>();
        alice.Request += (_, request) =>
        {
            if (request.Method == "GET" && new Uri(request.Url).AbsolutePath == "/api/meetings")
            {
                lists.Enqueue(request.Url);
            }
        };

        await alice.Button("New meeting").ClickAsync();
        await alice.GetByLabel("Topic").FillAsync("Kept while asked");
        await alice.Keyboard.PressAsync("Escape");
        await alice.Button("Keep editing").ClickAsync();
        await Assertions.Expect(alice.GetByLabel("Topic")).ToBeFocusedAsync();
        await alice.Button("Create meeting").ClickAsync();
        await alice.Meeting("Kept while asked").ShowsAsync();
        Assert.Empty(lists);

        await alice.Button("New meeting").ClickAsync();
        await alice.GetByLabel("Topic").FillAsync("At once");
        await alice.GetByLabel("Right now").CheckAsync();
        await alice.Button("Create and start").ClickAsync();
        await alice.Button("Start the meeting").ClickAsync();
        Assert.Equal(1, (await door.AskedAsync()).Role);
    }

    [Fact]
    public async Task Carol_reads_all_of_a_meeting_on_its_page_and_the_passcode_only_when_she_asks()
    {
        var series = await PlanAsync(Accounts.Carol, "Board series", TimeSpan.FromDays(1), new JsonObject
        {
            ["type"] = 8,
            ["agenda"] = "1. Numbers",
            ["timezone"] = "America/New_York",
            ["recurrence"] = new JsonObject { ["type"] = 1, ["end_times"] = 3 },
        });
        var read = $"action=passcode.issued&meeting={series}";
        var carol = await browser.OpenAsync(product.Site);
        await carol.SignInAsync(Accounts.Carol);
        await carol.OpenMeetingAsync("Board series");
        foreach (var text in new[] { "1. Numbers", "Every day, 3 times", "People wait until the host lets them in." })
        {
            await carol.GetByText(text).ShowsAsync();
        }

        await InviteAsync(carol, "dave@globex.example, erin@globex.example");
        await carol.Button("Withdraw the invitation of erin@globex.example").ClickAsync();
        await carol.Button("Withdraw").Last.ClickAsync();
        await carol.Button("Withdraw the invitation of erin@globex.example").IsGoneAsync();

        var times = carol.GetByRole(AriaRole.Region, new() { Name = "Times of the series" }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(times).ToHaveCountAsync(3);
        await times.Last.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await carol.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(times).ToHaveCountAsync(2);

        Assert.Empty(await product.ReadTrailAsync(Accounts.Carol, read));
        await carol.Button("Show passcode").ClickAsync();
        var passcode = carol.GetByRole(AriaRole.Region, new() { Name = "Passcode" }).GetByRole(AriaRole.Status);
        await Assertions.Expect(passcode).ToHaveTextAsync((string)(await product.GetAsync(Accounts.Carol, $"meetings/{series}"))["password"]!);
        await product.WhenRecordedAsync(Accounts.Carol, read, 2);
        await carol.Button("New passcode …").ClickAsync();
        await carol.Button("New passcode").ClickAsync();
        await carol.GetByText("Nobody. People of your organisation need no invitation.").ShowsAsync();
        await passcode.IsGoneAsync();
    }

    [Fact]
    public async Task Bob_sees_of_a_meeting_what_the_API_gives_him_and_his_calendar_gets_our_own_link()
    {
        var meeting = await PlanAsync(Accounts.Alice, "Open house", TimeSpan.FromHours(1));
        var bob = await browser.OpenAsync(product.Site);
        await bob.SignInAsync(Accounts.Bob);
        await bob.GotoAsync($"/meetings/{meeting}");
        await bob.Heading("Open house").ShowsAsync();
        await bob.Button("Show passcode").ShowsAsync();
        await bob.Button("Add to calendar").ClickAsync();
        var google = await bob.GetByRole(AriaRole.Menuitem, new() { Name = "Google Calendar" }).GetAttributeAsync("href");
        Assert.Contains(Uri.EscapeDataString($"/join?meeting={meeting}"), google, StringComparison.Ordinal);
        Assert.DoesNotContain("zoom.us", google, StringComparison.Ordinal);
        await bob.Keyboard.PressAsync("Escape");
        foreach (var others in new[] { "Who is invited from outside", "Who was there", "Recordings" })
        {
            await bob.Heading(others).IsGoneAsync();
        }

        await bob.Button("More actions").IsGoneAsync();
        await bob.GotoAsync("/meetings/82345678901");
        await bob.Heading("No such meeting for you").ShowsAsync();
        await bob.Link("All meetings").ShowsAsync();
    }

    private static async Task InviteAsync(IPage page, string addresses)
    {
        await page.Button("Invite others …").ClickAsync();
        await page.GetByLabel("E-mail addresses they sign in with").FillAsync(addresses);
        await page.Button("Make 2 invitations").ClickAsync();
        await page.Heading("2 invitations ready").ShowsAsync();
        await page.Button("Done").ClickAsync();
    }

    private async Task<long> PlanAsync(Account host, string topic, TimeSpan ahead, JsonObject? more = null)
    {
        var meeting = more ?? new JsonObject();
        meeting["topic"] = topic;
        meeting["start_time"] = (DateTimeOffset.UtcNow + ahead).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        meeting["duration"] = 30;
        return (long)(await product.PostAsync(host, "meetings", meeting))["id"]!;
    }

    [GeneratedRegex("^Starts in [45] mins?$")]
    private static partial Regex SoonText();

    [GeneratedRegex("^Tomorrow, ")]
    private static partial Regex TomorrowText();

    [GeneratedRegex(@"/meetings\?query=HARVEST$")]
    private static partial Regex SearchAddress();
}
