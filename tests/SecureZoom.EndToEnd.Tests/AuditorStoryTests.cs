using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What an auditor does with the trail, and what the browser says when somebody has been at it.</summary>
[Collection<TrailStories>]
public sealed partial class AuditorStoryTests(Product product, Browser browser)
{
    private const string CreatedByCarol = "person=carol%40acme.example&action=meeting.created&source=app";

    [Fact]
    public async Task Audrey_filters_exports_and_verifies_the_trail_and_the_browser_names_the_record_that_was_altered()
    {
        foreach (var topic in new[] { "Budget", "Roadmap", "Retrospective" })
        {
            await product.CreateMeetingAsync(Accounts.Carol, topic);
        }

        await product.CreateMeetingAsync(Accounts.Alice, "Campaign");
        await product.WhenRecordedAsync(Accounts.Audrey, "action=meeting.created&source=app", 4);
        var audrey = await browser.OpenAsync(product.Site);
        await audrey.SignInAsync(Accounts.Audrey);
        await audrey.Heading("Audit trail").ShowsAsync();
        var keeper = new TrailKeeper(product.Sandbox, Accounts.Audrey.OrganizationId!);
        // The timer may have, or not.
        await keeper.SignAsync();

        await FilterAsync(audrey);
        await ExportAsync(audrey);
        await VerifyAsync(audrey, keeper);
    }

    private static async Task FilterAsync(IPage page)
    {
        await page.AddFilterAsync("Person", Accounts.Carol.Email);
        await page.AddFilterAsync("Action", "meeting.created");
        await page.GetByLabel("Filter by").SelectOptionAsync("Reported by");
        await page.GetByLabel("Value").SelectOptionAsync("SecureZoom");
        await page.Button("Add filter").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($@"/audit\?{Regex.Escape(CreatedByCarol)}$"));
        await ShowsThreeRecordsAsync(page);

        await page.ReloadAsync();
        await ShowsThreeRecordsAsync(page);
        await page.Button($"Remove filter Person: {Accounts.Carol.Email}").ShowsAsync();
        await page.Button("Remove filter Action: meeting.created").ShowsAsync();
        await OpenRecordAsync(page);
    }

    /// <summary>One record has an address of its own, says how far it is proved, and each of its values leads on.</summary>
    private static async Task OpenRecordAsync(IPage page)
    {
        await page.Button("Details").First.ClickAsync();
        await page.GetByText("Record id").ShowsAsync();
        await page.GetByText("records that were signed by").ShowsAsync();
        await page.Link("Open as a page").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/audit/\d+$"));
        await page.ReloadAsync();
        await page.GetByText("Record id").ShowsAsync();
        await page.GetByText("records that were signed by").ShowsAsync();
        await page.Button("Outcome: Done").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Leave out, in this browser" }).ClickAsync();
        await page.GetByText("left out here, in this browser").ShowsAsync();
        await page.GotoAsync($"/audit?{CreatedByCarol}");
        await ShowsThreeRecordsAsync(page);
    }

    private static async Task ShowsThreeRecordsAsync(IPage page)
    {
        var records = page.Records();
        await Assertions.Expect(records).ToHaveCountAsync(3);
        await Assertions.Expect(records.First).ToContainTextAsync("Carol Clark from IT (Acme Corp) created a");
        await page.GetByText("That is all.").ShowsAsync();
    }

    private static async Task ExportAsync(IPage page)
    {
        var table = await DownloadAsync(page, "As a table (CSV)");
        Assert.StartsWith("sequence,recordedAt,", table[0], StringComparison.Ordinal);
        Assert.Equal(3, table[1..^1].Count(row => row.Contains(",meeting.created,", StringComparison.Ordinal)));
        Assert.Equal(["records", "3"], table[^1].Replace("\"", "", StringComparison.Ordinal).Split(','));

        var lines = (await DownloadAsync(page, "As signed lines (NDJSON)")).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(4, lines.Count);
        Assert.All(lines[..3], line => Assert.Equal(Accounts.Carol.Email, (string)line["parts"]![0]!["email"]!));
        Assert.Equal(3, (int)lines[3]["trailer"]!["records"]!);
    }

    private static async Task<string[]> DownloadAsync(IPage page, string format)
    {
        var download = await page.RunAndWaitForDownloadAsync(async () =>
        {
            await page.Button("Export").ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = format }).ClickAsync();
        });
        await page.GetByText($"Saved as {download.SuggestedFilename}").ShowsAsync();
        return await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }

    private async Task VerifyAsync(IPage page, TrailKeeper keeper)
    {
        await keeper.SignAsync();
        await page.Link("Verify the trail").ClickAsync();
        await page.Heading("The key that signs").ShowsAsync();
        await page.Button("Verify now").IsGoneAsync();
        var keys = await product.GetAsync(Accounts.Audrey, "audit/keys");
        var fingerprint = (string)keys["keys"]!.AsArray().Single()!["kid"]!;
        await page.GetByText(fingerprint, new() { Exact = true }).ShowsAsync();
        await page.Button("It is the same: pin this key").ClickAsync();
        await page.Button("Verify now").ClickAsync();
        await page.GetByText(Verdict()).ShowsAsync();
        var checkpoints = await product.GetAsync(Accounts.Audrey, "audit/checkpoints");
        var export = await CheckFileAsync(page);
        var evidence = await product.GetTextAsync(Accounts.Audrey, "audit/evidence?sequence=1-2");
        await CheckWithoutSigningInAsync(fingerprint, checkpoints, export, evidence);

        var altered = await keeper.AlterAsync(was: "Acme Corp", becomes: "Acme Corp.");
        await page.ReloadAsync();
        await page.GetByText("Pinned", new() { Exact = true }).ShowsAsync();
        await page.Button("Verify now").ClickAsync();
        await page.Heading($"Record {altered} is wrong").ShowsAsync();
        await page.GetByText($"Record {altered} is not the one that the log committed to.").ShowsAsync();
    }

    /// <summary>An export that she keeps is checked without the service, and one that somebody changed is not what was signed.</summary>
    private static async Task<string> CheckFileAsync(IPage page)
    {
        await page.Link("Back to the audit trail").ClickAsync();
        var export = string.Concat((await DownloadAsync(page, "As signed lines (NDJSON)")).Select(line => line + '\n'));
        await page.Link("Verify the trail").ClickAsync();
        await page.Heading("Check a file").ShowsAsync();
        var input = page.GetByLabel("Check a file");
        await input.SetInputFilesAsync(FileOf(export));
        await page.GetByText(Verdict()).ShowsAsync();
        await input.SetInputFilesAsync(FileOf(export.Replace("Carol Clark", "Karol Clark", StringComparison.Ordinal)));
        await page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex(@"^Record \d+ is wrong$") }).ShowsAsync();
        await input.SetInputFilesAsync(FileOf("no export"));
        await page.Heading("This is no whole export or evidence file").ShowsAsync();
        return export;
    }

    /// <summary>Somebody outside, who was handed files and a fingerprint: nothing is uploaded, and a smaller checkpoint than the last is an alarm.</summary>
    private async Task CheckWithoutSigningInAsync(string fingerprint, JsonNode checkpoints, string export, string evidence)
    {
        var visitor = await browser.OpenAsync(product.Site);
        var sent = new List<string>();
        visitor.Request += (_, request) => sent.Add($"{request.Method} {request.Url}");
        await visitor.GotoAsync("/audit/verify");
        await visitor.GetByLabel("Fingerprint or key").FillAsync(fingerprint);
        await visitor.Button("Pin this key").ClickAsync();
        var input = visitor.GetByLabel("Check a file");
        await input.SetInputFilesAsync(FileOf(export));
        await visitor.GetByText(Verdict()).ShowsAsync();
        await input.SetInputFilesAsync(FileOf(evidence));
        await visitor.GetByText("own words on how to check it, are for people and not proved").ShowsAsync();
        await input.SetInputFilesAsync(FileOf(checkpoints.ToJsonString()));
        await visitor.Heading("A genuine checkpoint").ShowsAsync();
        await visitor.ReloadAsync();
        var smallest = checkpoints["checkpoints"]!.AsArray()[0]!;
        await input.SetInputFilesAsync(FileOf(smallest.ToJsonString()));
        await visitor.Heading("This checkpoint is not to be trusted").ShowsAsync();
        Assert.DoesNotContain(sent, request => !request.StartsWith("GET ", StringComparison.Ordinal) || request.Contains("/api/", StringComparison.Ordinal));
        await visitor.Context.CloseAsync();
    }

    private static FilePayload FileOf(string text) =>
        new() { Name = "export.ndjson", MimeType = "application/x-ndjson", Buffer = Encoding.UTF8.GetBytes(text) };

    [GeneratedRegex(@"^\d+ of \d+ records proved until .+$")]
    private static partial Regex Verdict();
}
