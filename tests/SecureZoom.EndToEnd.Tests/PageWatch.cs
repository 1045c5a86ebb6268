using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Everything that a page should not do: breaches of its policy, errors in the console, exceptions nobody caught.</summary>
internal sealed class PageWatch
{
    private const string Breach = "breach of the policy: ";

    private readonly ConcurrentQueue<string> _faults = new();
    private readonly Func<IConsoleMessage, bool> _isExplained;
    private string _visited = "";

    private PageWatch(Func<IConsoleMessage, bool> isExplained) => _isExplained = isExplained;

    /// <param name="page">A page that has not been anywhere.</param>
    /// <param name="isExplained">What the browser says of what the test itself has brought about is no fault.</param>
    public static async Task<PageWatch> StartAsync(IPage page, Func<IConsoleMessage, bool>? isExplained = null)
    {
        var watch = new PageWatch(isExplained ?? (_ => false));
        page.Console += (_, message) => watch.Hear(message);
        page.PageError += (_, error) => watch.Add($"exception: {error}");
        // Chromium writes most breaches to the console, but not those that a report-only policy or a worker sees.
        await page.AddInitScriptAsync($$"""
            document.addEventListener('securitypolicyviolation', (event) =>
              console.error('{{Breach}}' + [event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber].join(' ')));
            """);
        return watch;
    }

    /// <summary>Names the page in the faults that follow.</summary>
    public void Visit(string page) => _visited = page;

    /// <summary>What only a test can see.</summary>
    public void Blame(string fault) => Add(fault);

    public void AssertQuiet() => Assert.True(_faults.IsEmpty, string.Join('\n', _faults));

    /// <summary>Counts every header that is missing, or is not what it should be, as a fault.</summary>
    public void Compare(string path, IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> served)
    {
        foreach (var (name, value) in expected)
        {
            if (served.GetValueOrDefault(name) is var actual && actual != value)
            {
                Add($"{path} is served with {name}: {actual ?? "nothing"}, not {value}");
            }
        }
    }

    private void Hear(IConsoleMessage message)
    {
        if (message.Type == "error" && !_isExplained(message))
        {
            Add(message.Text);
        }
    }

    private void Add(string fault) => _faults.Enqueue($"{_visited}: {fault}");
}
