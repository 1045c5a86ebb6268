using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Somebody who goes wherever the site links to, the nearest pages first, and presses every button there: of pages and buttons that differ in a number or a name alone, two pages and one button.</summary>
/// <remarks>
/// Dialogs are looked at and closed: what they would do is other tests' matter. Presses are the document's own, so that what comes late covers nothing;
/// a dialog or a page that comes late is met before the next press.
/// </remarks>
internal sealed partial class Crawl
{
    /// <summary>More than any page has: a crawl that does not end has a fault.</summary>
    private const int MostPresses = 150;

    private const int PagesOfAKind = 2;

    private static readonly JsonSerializerOptions AsWritten = new(JsonSerializerDefaults.Web);

    private readonly IPage _page;
    private readonly Uri _site;
    private readonly PageWatch _watch;
    private readonly Queue<Uri> _ahead = new();
    private readonly HashSet<string> _met = [];
    private readonly Dictionary<string, int> _kinds = [];
    private readonly HashSet<string> _pressed = [];

    private readonly TimeSpan _patience;

    private Crawl(IPage page, Uri site, PageWatch watch, TimeSpan patience) => (_page, _site, _watch, _patience) = (page, site, watch, patience);

    /// <summary>The kinds of pages that were crawled: their paths without numbers and addresses.</summary>
    public IReadOnlyCollection<string> Kinds => _kinds.Keys;

    /// <summary>How many buttons were pressed.</summary>
    public int Presses { get; private set; }

    /// <param name="page">A page that has not been anywhere.</param>
    /// <param name="patience">How long a page may be without a way on before it is a dead end.</param>
    public static async Task<Crawl> StartAsync(IPage page, Uri site, PageWatch watch, TimeSpan patience)
    {
        await page.AddInitScriptAsync($"{Script}('{site.GetLeftPart(UriPartial.Authority)}');");
        return new Crawl(page, site, watch, patience);
    }

    public async Task FromAsync(params IEnumerable<Uri> addresses)
    {
        foreach (var address in addresses)
        {
            Meet(address);
        }

        while (_ahead.TryDequeue(out var next))
        {
            await GoAsync(next);
            await PressAllAsync(next);
        }
    }

    private async Task GoAsync(Uri address)
    {
        _watch.Visit(KindOf(address));
        // Two addresses that differ in their fragment are one document.
        await _page.GotoAsync("about:blank");
        await _page.GotoAsync(address.AbsoluteUri);
    }

    private async Task PressAllAsync(Uri start)
    {
        // The page that serves whoever comes to the start may be another one.
        var home = await LookAsync();
        var kind = KindOf(new Uri(home.Address));
        string? opener = null;
        for (var presses = 0; presses < MostPresses;)
        {
            var seen = await LookAsync();
            if (KindOf(new Uri(seen.Address)) != kind)
            {
                await GoAsync(start);
                continue;
            }

            var next = seen.Controls.FirstOrDefault(control => MayPress(seen, control) && !_pressed.Contains(KeyOf(kind, seen, control)));
            if (seen.Layer.Length > 0 && (seen.Layer != "menu" || next is null))
            {
                await CloseAsync(seen);
                continue;
            }

            if (next is null)
            {
                return;
            }

            var key = KeyOf(kind, seen, next);
            _pressed.Add(key);
            if (seen.Layer.Length == 0)
            {
                opener = key;
            }
            else if (opener is not null)
            {
                // A menu goes with the first of its choices, and is opened anew for the next.
                _pressed.Remove(opener);
            }

            _watch.Visit($"{kind}, after {next.Name}");
            await _page.EvaluateAsync("(at) => crawl.press(at)", next.At);
            presses++;
            Presses++;
        }

        Assert.Fail($"{kind} has always one more button.");
    }

    /// <summary>What is there once nothing is awaited and something leads on; its links are for later.</summary>
    private async Task<Sight> LookAsync()
    {
        try
        {
            await _page.WaitForFunctionAsync("() => window.crawl?.isStill()", null, new() { Timeout = (float)_patience.TotalMilliseconds });
        }
        catch (TimeoutException)
        {
            _watch.Blame($"{_page.Url} waits for {await _page.EvaluateAsync<string>("() => crawl.awaits()")}");
            _watch.AssertQuiet();
        }

        var seen = (await _page.EvaluateAsync<JsonElement>("() => crawl.look()")).Deserialize<Sight>(AsWritten)!;
        if (!IsOurs(new Uri(seen.Address)))
        {
            return seen;
        }

        Meet(new Uri(seen.Address));
        foreach (var control in seen.Controls.Where(control => control.Href is not null))
        {
            Meet(new Uri(control.Href!));
        }

        return seen;
    }

    /// <summary>By Esc, as people do; where something else asks whether that was meant, by its button.</summary>
    private async Task CloseAsync(Sight open)
    {
        const int Enough = 10;
        var left = open;
        for (var attempt = 0; left.Layer.Length > 0; attempt++)
        {
            Assert.True(attempt < Enough, $"{left.Address}: nothing closes “{left.Title}” after “{open.Title}”.");
            if (attempt > 0 && left.Controls.LastOrDefault(control => control.Closes) is { } closing)
            {
                await _page.EvaluateAsync("(at) => crawl.press(at)", closing.At);
            }
            else
            {
                await _page.EvaluateAsync("() => crawl.enter()");
                await _page.Keyboard.PressAsync("Escape");
            }

            left = await LookAsync();
        }
    }

    private void Meet(Uri address)
    {
        // A short fragment is a place in a page.
        if (!IsOurs(address) || !_met.Add(HasInvitation(address) ? address.AbsoluteUri : address.GetLeftPart(UriPartial.Query)))
        {
            return;
        }

        var kind = KindOf(address);
        var known = _kinds.GetValueOrDefault(kind);
        if (known < PagesOfAKind)
        {
            _kinds[kind] = known + 1;
            _ahead.Enqueue(address);
        }
    }

    private bool IsOurs(Uri address) => address.Scheme == _site.Scheme && address.Authority == _site.Authority;

    private static bool MayPress(Sight seen, Control control) =>
        control.Href is null && (seen.Layer == "menu" || (seen.Layer.Length == 0 && !LeftAlone().IsMatch(control.Name)));

    /// <summary>Of a list of the same buttons, which name what they are for, one.</summary>
    private static string KeyOf(string kind, Sight seen, Control control) =>
        $"{kind} {seen.Layer} {(control.Name.Contains(": ", StringComparison.Ordinal) ? "a value" : Number().Replace(string.Join(' ', control.Name.Split(' ').Take(2)), "0"))}";

    /// <summary>The address without what tells one such page from another; with an invitation, or after a meeting, a page is another one.</summary>
    private static string KindOf(Uri address)
    {
        var path = Number().Replace(Uri.UnescapeDataString(address.AbsolutePath), "0");
        var named = path.Contains('@', StringComparison.Ordinal) ? $"{path[..path.LastIndexOf('/')]}/somebody" : path;
        var left = address.Query.Contains("left=", StringComparison.Ordinal) ? "?left" : "";
        return $"{named}{left}{(HasInvitation(address) ? "#invitation" : "")}";
    }

    private static bool HasInvitation(Uri address)
    {
        const int Shortest = 20;
        return address.Fragment.Length > Shortest;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    /// <summary>What takes the crawl's own account or the key of a verification away, and what starts Zoom's software, which other tests wait for.</summary>
    [GeneratedRegex("^(Sign out|Use another account|Forget pinned keys|Join now|Start the meeting|Sign in with SSO)$")]
    private static partial Regex LeftAlone();

    /// <summary>What shows on top: a menu, else a dialog, else the page.</summary>
    /// <param name="Layer">The role of what lies on top; nothing for the page itself.</param>
    private sealed record Sight(string Address, string Layer, string Title, Control[] Controls);

    /// <summary>What can be pressed.</summary>
    /// <param name="At">Its number among those that are there.</param>
    /// <param name="Href">Where it leads; null unless it is a link.</param>
    /// <param name="Closes">Whether it closes what it lies in and does nothing else.</param>
    private sealed record Control(int At, string Name, string? Href, bool Closes);
}
