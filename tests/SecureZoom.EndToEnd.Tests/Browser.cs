using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Playwright;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(SecureZoom.EndToEnd.Tests.Browser))]
[assembly: SecureZoom.EndToEnd.Tests.ClosesPages]

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Debian's Chromium, one for all tests; every page is somebody else's, with a profile of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Enough for a machine with something else to do.</summary>
    private const float Patience = 180_000;

    /// <summary>The profiles that each test has opened, by its id.</summary>
    private static readonly ConcurrentDictionary<string, ConcurrentBag<IBrowserContext>> Opened = new();

    private static readonly ConcurrentBag<Task> Closing = [];

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            // The one without windows: for the same pages it takes half the time of the other.
            ExecutablePath = "/usr/bin/chromium-headless-shell",
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Closing);
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    public async Task<IPage> OpenAsync(Uri address)
    {
        var page = await OpenEmptyAsync(address);
        await page.GotoAsync("/");
        return page;
    }

    /// <summary>A page that has not been anywhere yet; it knows the site that short addresses are of.</summary>
    public async Task<IPage> OpenEmptyAsync(Uri site)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.AbsoluteUri,
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        if (TestContext.Current.Test is { } test)
        {
            Opened.GetOrAdd(test.UniqueID, _ => []).Add(context);
        }

        return await context.NewPageAsync();
    }

    /// <summary>Closes what a test has opened; nobody waits for it but the browser's own end.</summary>
    public static void Close(string test)
    {
        foreach (var context in Opened.TryRemove(test, out var contexts) ? contexts : [])
        {
            Closing.Add(context.CloseAsync());
        }
    }
}

/// <summary>Closes a test's pages once it is over: those that are left would go on asking its product, and draw.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ClosesPagesAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => Browser.Close(test.UniqueID);
}
