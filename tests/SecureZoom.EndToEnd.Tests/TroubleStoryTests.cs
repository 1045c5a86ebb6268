using Microsoft.Playwright;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What people see when something fails or is slow, and how they get on.</summary>
[Collection<MeetingStories>]
public sealed class TroubleStoryTests(Product product, Browser browser)
{
    private const string TokenEndpoint = "**/oauth/token";

    [Fact]
    public async Task Whose_sign_in_has_ended_is_told_so_and_comes_back_to_the_same_place_by_a_new_one()
    {
        var carol = await browser.OpenAsync(product.Site);
        await carol.SignInAsync(Accounts.Carol);
        await product.CreateMeetingAsync(Accounts.Carol, "Forecast");
        await product.WhenRecordedAsync(Accounts.Carol, "action=meeting.created&source=app&person=carol%40acme.example", 1);
        await carol.GotoAsync("/audit?action=meeting.created");
        await carol.GetByText("Carol Clark from IT (Acme Corp) created a").First.ShowsAsync();

        // The token is too old, and the identity provider cannot be reached: that says nothing about the sign-in.
        await carol.Clock.SetFixedTimeAsync(DateTime.UtcNow.AddHours(3));
        await carol.RouteAsync(TokenEndpoint, route => route.AbortAsync());
        await carol.GetByLabel("Filter by").SelectOptionAsync("Outcome");
        await carol.GetByLabel("Value").SelectOptionAsync("Done");
        await carol.Button("Add filter").ClickAsync();
        await carol.Heading("The sign-in service cannot be reached").ShowsAsync();

        await EndSignInAsync(carol);
        await carol.EvaluateAsync("dispatchEvent(new Event('online'))");
        await carol.Heading("Your sign-in has ended").ShowsAsync();

        await carol.UnrouteAllAsync();
        await carol.Clock.SetFixedTimeAsync(DateTime.UtcNow);
        await carol.Button("Sign in with SSO").First.ClickAsync();
        await carol.ChooseAccountAsync(Accounts.Carol);
        await Assertions.Expect(carol).ToHaveURLAsync(new Uri(product.Site, "/audit?action=meeting.created&outcome=success").AbsoluteUri);
        await carol.GetByText("Carol Clark from IT (Acme Corp) created a").First.ShowsAsync();
    }

    [Fact]
    public async Task While_the_API_is_down_pages_and_dialogs_say_so_lose_nothing_and_go_on_when_it_is_back()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var app = product.Sandbox.App!;
        var alice = await browser.OpenAsync(product.Site);
        await alice.SignInAsync(Accounts.Alice);
        await alice.Button("New meeting").ClickAsync();
        await alice.GetByLabel("Topic").FillAsync("Contingency");

        await app.StopAsync();
        await alice.Button("Create meeting").ClickAsync();
        var dialog = alice.GetByRole(AriaRole.Dialog, new() { Name = "New meeting" });
        await dialog.GetByText("The service cannot be reached").ShowsAsync();
        await app.StartAgainAsync(cancellationToken);
        await alice.Button("Create meeting").ClickAsync();
        await alice.Meeting("Contingency").ShowsAsync();

        await app.StopAsync();
        await alice.ReloadAsync();
        await alice.Heading("The service cannot be reached").ShowsAsync();
        // What she may do was known, so that the menu stays; and the page goes on by itself.
        await alice.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByText("Meetings").ShowsAsync();
        await app.StartAgainAsync(cancellationToken);
        await alice.Meeting("Contingency").ShowsAsync();
        await alice.Button("New meeting").ShowsAsync();
    }

    [Fact]
    public async Task Whose_sign_in_ends_over_a_form_signs_in_beside_it_and_loses_nothing()
    {
        var alice = await browser.OpenAsync(product.Site);
        await alice.SignInAsync(Accounts.Alice);
        await alice.Button("New meeting").ClickAsync();
        await alice.Button("Create meeting").ClickAsync();
        await Assertions.Expect(alice.GetByLabel("Topic")).ToBeFocusedAsync();
        await alice.GetByLabel("Topic").FillAsync("Typed before the end");

        await EndSignInAsync(alice);
        await alice.Button("Create meeting").ClickAsync();
        var again = alice.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "Sign in again" });
        await again.ShowsAsync();
        await alice.UnrouteAllAsync();
        await alice.Clock.SetFixedTimeAsync(DateTime.UtcNow);
        var beside = await alice.RunAndWaitForPopupAsync(() => again.ClickAsync());
        await beside.ChooseAccountAsync(Accounts.Alice);
        await beside.Button("Sign out").ShowsAsync();

        await alice.Button("Create meeting").ClickAsync();
        await alice.Meeting("Typed before the end").ShowsAsync();
    }

    [Fact]
    public async Task Who_is_offline_is_told_so_by_a_page_that_was_never_loaded_and_it_comes_by_itself()
    {
        var carol = await browser.OpenAsync(product.Site);
        await carol.SignInAsync(Accounts.Carol);
        await carol.Heading("Meetings").ShowsAsync();
        await carol.Context.SetOfflineAsync(true);
        await carol.Link("Security").ClickAsync();
        await carol.Heading("This page has not been loaded yet").ShowsAsync();
        await carol.Context.SetOfflineAsync(false);
        await carol.Heading("Active people a day").ShowsAsync();
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task While_the_API_is_slow_skeletons_hold_the_place_and_nothing_jumps_when_it_answers(int width, int height)
    {
        await product.CreateMeetingAsync(Accounts.Carol, "Patience");
        var carol = await browser.OpenAsync(product.Site);
        await carol.SetViewportSizeAsync(width, height);
        await carol.SignInAsync(Accounts.Carol);
        await carol.Meeting("Patience").First.ShowsAsync();
        await LayoutShifts.WatchAsync(carol);
        var content = new Dictionary<string, ILocator>
        {
            ["/meetings"] = carol.Meeting("Patience").First,
            ["/audit"] = carol.Records().First,
            ["/audit/verify"] = carol.Heading("The key that signs"),
            ["/me"] = carol.Heading("My groups"),
        };
        foreach (var (path, shown) in content)
        {
            await IsSteadyAsync(carol, path, shown, async api =>
            {
                await api.AnswerMeAsync();
                await api.AnswerRestAsync();
            });
        }

        await IsSteadyAsync(carol, "/meetings", content["/meetings"], async api =>
        {
            await api.AnswerRestAsync();
            await api.AnswerMeAsync();
        });
    }

    [Theory]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task While_the_scripts_are_on_their_way_visitors_read_the_first_page_and_nothing_changes_when_they_come(
        int width, int height, ColorScheme scheme)
    {
        const string Drawn = "#first-paint";
        // The sandbox says above the page that it is one.
        var below = new PageScreenshotOptions { Clip = new() { Y = 40, Width = width, Height = height - 40 } };
        var visitor = await browser.OpenEmptyAsync(product.Site);
        await visitor.SetViewportSizeAsync(width, height);
        await visitor.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var scripts = await HoldScriptsAsync(visitor);
        await LayoutShifts.WatchAsync(visitor);

        await visitor.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });
        await visitor.Locator(Drawn).GetByText("Meetings you can account for").ShowsAsync();
        var before = await visitor.ScreenshotAsync(below);
        scripts.SetResult();
        await visitor.Locator(Drawn).IsGoneAsync();
        await visitor.Heading("Meetings you can account for").ShowsAsync();
        var after = await visitor.ScreenshotAsync(below);

        Assert.Equal(before, after);
        await LayoutShifts.AssertNoneAsync(visitor);
    }

    [Fact]
    public async Task Visitors_who_cannot_wait_for_the_scripts_are_taken_to_the_sign_in_all_the_same()
    {
        var visitor = await browser.OpenEmptyAsync(product.Site);
        var scripts = await HoldScriptsAsync(visitor);
        await visitor.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });
        await visitor.Link("Sign in with SSO").ClickAsync();
        await Assertions.Expect(visitor).ToHaveURLAsync(new Uri(product.Site, "/sign-in").AbsoluteUri);
        scripts.SetResult();
        await visitor.ChooseAccountAsync(Accounts.Carol);
        await visitor.Button("Sign out").ShowsAsync();

        // Signed in, the first page is not theirs, and is not shown for a moment either.
        var again = await HoldScriptsAsync(visitor);
        await visitor.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(visitor.Locator("#first-paint")).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Locator("#first-paint")).ToHaveCountAsync(1);
        again.SetResult();
        await visitor.Heading("Meetings").ShowsAsync();
    }

    [Fact]
    public async Task A_sign_in_ends_well_when_the_token_comes_after_longer_than_the_library_would_wait()
    {
        var slow = TimeSpan.FromSeconds(12);
        var asked = 0;
        var visitor = await browser.OpenEmptyAsync(product.Site);
        await visitor.RouteAsync(TokenEndpoint, async route =>
        {
            Interlocked.Increment(ref asked);
            await Task.Delay(slow);
            await route.ContinueAsync();
        });
        await visitor.GotoAsync("/");
        await visitor.SignInAsync(Accounts.Bob);
        Assert.Equal(1, asked);
    }

    /// <summary>The token is too old, the session of the identity provider is over, and it takes no refresh token any more.</summary>
    private static async Task EndSignInAsync(IPage page)
    {
        await page.Clock.SetFixedTimeAsync(DateTime.UtcNow.AddHours(3));
        await page.Context.ClearCookiesAsync();
        await page.RouteAsync(TokenEndpoint, route => route.FulfillAsync(new()
        {
            Status = 403,
            Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*" },
            Json = new { error = "invalid_grant", error_description = "Unknown or invalid refresh token." },
        }));
    }

    /// <summary>The site's scripts do not come before this is completed.</summary>
    private static async Task<TaskCompletionSource> HoldScriptsAsync(IPage page)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.UnrouteAllAsync();
        await page.RouteAsync("**/assets/*.js", async route =>
        {
            await released.Task;
            await route.ContinueAsync();
        });
        return released;
    }

    private async Task IsSteadyAsync(IPage page, string path, ILocator shown, Func<SlowApi, Task> answer)
    {
        var api = await SlowApi.HoldAsync(page, product.Sandbox.AppAddress);
        await page.GotoAsync(path);
        await page.GetByLabel("Loading").First.ShowsAsync();
        await answer(api);
        await shown.ShowsAsync();
        await page.GetByLabel("Loading").IsGoneAsync();
        await LayoutShifts.AssertNoneAsync(page);
        await page.UnrouteAllAsync();
    }
}
