using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What is seen of people who sign in, fail, are locked out and put out, while it happens.</summary>
[Collection<MeetingStories>]
public sealed partial class SecurityStoryTests(Product product, Browser browser) : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Others need them as they were.</summary>
    public async ValueTask DisposeAsync()
    {
        await ChangeAsync(new JsonObject { ["email"] = Accounts.Alice.Email, ["mfa"] = false, ["status"] = "active" });
        await ChangeAsync(new JsonObject { ["email"] = Accounts.Bob.Email, ["status"] = "active" });
        foreach (var account in (Account[])[Accounts.Alice, Accounts.Bob])
        {
            var token = product.Sandbox.Identity.MintToken(account);
            await Product.UntilAsync(async () => await StatusAsync(token) == HttpStatusCode.OK);
        }

        _http.Dispose();
    }

    [Fact]
    public async Task Olive_sees_each_thing_as_it_happens_who_is_suspended_is_out_and_the_trail_is_still_proved()
    {
        var (acme, globex) = (Accounts.Bob.OrganizationId!, Accounts.Dave.OrganizationId!);
        var olive = await browser.OpenAsync(product.Site);
        await olive.SignInAsync(Accounts.Olive);
        await olive.GotoAsync($"/audit?organization={acme}&range=hour");
        await olive.GetByRole(AriaRole.Article).Or(olive.Heading("Nothing recorded")).First.ShowsAsync();

        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await PasswordAsync(Accounts.Bob, "wrong"));
        }

        await ShowsNewAsync(olive, "Bob Brown failed to sign in .* \\(wrong password\\)");
        await ShowsNewAsync(olive, "Bob Brown was locked out");

        await HostAsync();
        await ShowsNewAsync(olive, "Alice Adams showed a second factor");
        await ShowsNewAsync(olive, "Alice Adams from Marketing .* got a signature to join a meeting as host");

        var token = product.Sandbox.Identity.MintToken(Accounts.Bob);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
        await ChangeAsync(new JsonObject { ["email"] = Accounts.Bob.Email, ["status"] = "suspended" });
        await Product.UntilAsync(async () => await StatusAsync(token) == HttpStatusCode.Unauthorized);
        await ShowsNewAsync(olive, "suspended bob@acme.example");

        await IsDeniedAsync(olive, globex);
        await VerifyAsync(olive, acme);
    }

    [Fact]
    public async Task Audrey_is_shown_who_is_locked_out_what_led_to_it_and_how_far_it_is_signed()
    {
        var audrey = await browser.OpenAsync(product.Site);
        await audrey.SignInAsync(Accounts.Audrey);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await PasswordAsync(Accounts.Bob, "wrong"));
        }

        var meeting = await product.CreateMeetingAsync(Accounts.Alice, "Hosted while Bob is out");
        var signature = await product.PostAsync(Accounts.Alice, "signature", new JsonObject { ["meetingNumber"] = meeting, ["role"] = 1 });
        Assert.Equal(1, (int)signature["role"]!);

        var chart = audrey.GetByRole(AriaRole.Slider, new() { Name = "Sign-ins", Exact = true });
        await Product.UntilAsync(async () =>
        {
            await audrey.GotoAsync("/security?zone=UTC");
            await chart.ShowsAsync();
            return await audrey.GetByRole(AriaRole.Listitem).Filter(new() { HasTextRegex = new Regex("^Locked now1") }).IsVisibleAsync();
        });
        await Assertions.Expect(chart).ToHaveAccessibleDescriptionAsync(new Regex("arrow keys; Enter"));
        await audrey.GetByText(new Regex(@"bob@acme\.example\)? was locked out")).First.ShowsAsync();

        await audrey.Link("Everything about this person").First.ClickAsync();
        await audrey.Heading("Everything about bob@acme.example").ShowsAsync();
        Assert.Contains("zone=UTC", audrey.Url, StringComparison.Ordinal);
        var steps = audrey.GetByRole(AriaRole.Article).First.GetByRole(AriaRole.Listitem);
        var locked = steps.Filter(new() { HasText = "account.locked" }).Last;
        await locked.ShowsAsync();
        var told = string.Join('\n', await steps.AllTextContentsAsync());
        Assert.True(Regex.IsMatch(told, "(.*signin.failed.*\n){5,}.*was locked out"), told);

        await locked.GetByRole(AriaRole.Button).ClickAsync();
        await audrey.GetByText("The server says: ").ShowsAsync();
        await audrey.Button("Close").ClickAsync();
        await new TrailKeeper(product.Sandbox, Accounts.Bob.OrganizationId!).SignAsync();
        await audrey.ReloadAsync();
        await locked.GetByRole(AriaRole.Button).ClickAsync();
        await audrey.GetByText("records that were signed by").ShowsAsync();

        await audrey.GotoAsync("/security?range=fortnight");
        await audrey.GetByText("“fortnight” is no period").ShowsAsync();
    }

    [Fact]
    public async Task Carol_signs_somebody_out_on_the_security_page_and_ends_the_meeting_that_still_runs()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Alice, "Left running");
        await product.PostAsync(Accounts.Alice, "signature", new JsonObject { ["meetingNumber"] = meeting, ["role"] = 1 });
        await product.StartMeetingAsync(Accounts.Alice, meeting);
        var token = product.Sandbox.Identity.MintToken(Accounts.Alice);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await PasswordAsync(Accounts.Alice, "wrong"));
        }

        var carol = await browser.OpenAsync(product.Site);
        await carol.SignInAsync(Accounts.Carol);
        var lockedOut = carol.GetByRole(AriaRole.Listitem).Filter(new() { HasTextRegex = new Regex(@"alice@acme\.example\)? was locked out") }).First;
        await Product.UntilAsync(async () =>
        {
            await carol.GotoAsync("/security");
            await carol.GetByRole(AriaRole.Slider, new() { Name = "Sign-ins", Exact = true }).ShowsAsync();
            return await lockedOut.IsVisibleAsync();
        });

        await lockedOut.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        var dialog = carol.GetByRole(AriaRole.Alertdialog).Or(carol.GetByRole(AriaRole.Dialog));
        await dialog.GetByLabel("Reason").FillAsync("Somebody guesses her password");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await dialog.GetByText("Signatures that are still out").ShowsAsync();
        var open = dialog.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Left running" });
        await open.GetByRole(AriaRole.Button, new() { Name = "End meeting" }).ClickAsync();
        await open.GetByText("Ended").ShowsAsync();
        await Product.UntilAsync(async () => await StatusAsync(token) == HttpStatusCode.Unauthorized);
        await Product.UntilAsync(async () => (string?)(await product.GetAsync(Accounts.Carol, $"meetings/{meeting}"))["status"] != "started");
    }

    [Fact]
    public async Task Whom_the_owner_of_a_meeting_signs_out_is_out_of_the_room_and_of_every_tab()
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Carol, "With a guest");
        var invitation = await product.InviteAsync(Accounts.Carol, meeting, Accounts.Dave);
        var dave = await browser.OpenAsync(product.Site);
        await dave.SignInAsync(Accounts.Dave);
        await product.PostAsync(Accounts.Carol, "revocations", new JsonObject { ["person"] = Accounts.Dave.Subject, ["reason"] = "lost laptop" });

        var room = await dave.Context.NewPageAsync();
        await ZoomDoor.CloseAsync(room);
        await room.GotoAsync($"/room?meeting={meeting}#{invitation}");
        await room.Heading("Your access has ended").ShowsAsync();
        await dave.Heading("Your access has ended").ShowsAsync();
    }

    /// <summary>Shows what is new whenever the page says that there is something, until a sentence is there.</summary>
    private static async Task ShowsNewAsync(IPage page, string sentence)
    {
        var shown = page.GetByRole(AriaRole.Article).Filter(new() { HasTextRegex = new Regex(sentence) }).First;
        var news = page.GetByRole(AriaRole.Button, new() { NameRegex = News() });
        await Product.UntilAsync(async () =>
        {
            if (await news.IsVisibleAsync())
            {
                await news.ClickAsync();
            }

            return await shown.IsVisibleAsync();
        });
    }

    /// <summary>Alice signs in with her second factor and opens a meeting of hers.</summary>
    private async Task HostAsync()
    {
        var code = (string)(await ChangeAsync(new JsonObject { ["email"] = Accounts.Alice.Email, ["mfa"] = true }))["code"]!;
        var alice = await browser.OpenAsync(product.Site);
        var door = await ZoomDoor.CloseAsync(alice);
        await alice.Link("Sign in with SSO").ClickAsync();
        await alice.ChooseAccountAsync(Accounts.Alice);
        await alice.GetByLabel("Code").FillAsync(code);
        await alice.Button("Continue").ClickAsync();
        await alice.CreateMeetingAsync("Watched");
        await alice.Meeting("Watched").GetByRole(AriaRole.Link, new() { Name = "Start" }).ClickAsync();
        await alice.Button("Start the meeting").ClickAsync();
        Assert.Equal(1, (await door.AskedAsync()).Role);
    }

    /// <summary>What somebody is refused is in their own organisation's trail.</summary>
    private async Task IsDeniedAsync(IPage olive, string organization)
    {
        var meeting = await product.CreateMeetingAsync(Accounts.Carol, "Not for Globex");
        await Assert.ThrowsAsync<HttpRequestException>(() => product.GetAsync(Accounts.Dave, $"meetings/{meeting}"));
        await olive.GotoAsync($"/audit?organization={organization}&outcome=denied");
        await ShowsNewAsync(olive, "Dave .* was refused");
    }

    private async Task VerifyAsync(IPage olive, string organization)
    {
        await new TrailKeeper(product.Sandbox, organization).SignAsync();
        await olive.GotoAsync($"/audit/verify?organization={organization}");
        await olive.Button("It is the same: pin this key").ClickAsync();
        await olive.Button("Verify now").ClickAsync();
        await olive.GetByText(Proved()).ShowsAsync();
        await olive.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("is wrong$") }).IsGoneAsync();
    }

    private async Task<JsonObject> ChangeAsync(JsonObject change)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(product.Sandbox.Identity.Address, "sandbox/people"), change, Cancellation);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
    }

    private async Task<HttpStatusCode> PasswordAsync(Account account, string password)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = account.Email,
            ["password"] = password,
            ["client_id"] = "securezoom-spa",
            ["audience"] = "https://api.securezoom.example",
        });
        using var response = await _http.PostAsync(new Uri(product.Sandbox.Identity.Address, "oauth/token"), form, Cancellation);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(product.Sandbox.AppAddress, "meetings"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    [GeneratedRegex(@"new records?$")]
    private static partial Regex News();

    [GeneratedRegex(@"^\d+ of \d+ records proved until .+$")]
    private static partial Regex Proved();
}
