using Microsoft.Playwright;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>How much of a page has moved without anybody's doing, as Chromium measures it.</summary>
internal static class LayoutShifts
{
    /// <summary>Watches every document that the page opens from now on.</summary>
    public static Task WatchAsync(IPage page) => page.AddInitScriptAsync(
        """
        window.layoutShifts = [];
        new PerformanceObserver((list) => window.layoutShifts.push(...list.getEntries()))
          .observe({ type: 'layout-shift', buffered: true });
        """);

    /// <summary>The shifts of the document that is open, added up; what they moved, to be told when it is too much.</summary>
    public static async Task AssertNoneAsync(IPage page)
    {
        var told = await page.EvaluateAsync<Shifts>(
            """
            async () => {
              await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
              const shifts = window.layoutShifts.filter(({ hadRecentInput }) => !hadRecentInput);
              const name = ({ node, previousRect: from, currentRect: to }) =>
                `${node?.textContent?.slice(0, 40)} from ${from.x},${from.y} to ${to.x},${to.y}`;
              return {
                sum: shifts.reduce((sum, { value }) => sum + value, 0),
                moved: shifts.flatMap(({ sources }) => sources.map(name)),
              };
            }
            """);
        Assert.True(told.Sum < 0.05, $"{page.Url} shifts by {told.Sum}: {string.Join("; ", told.Moved)}");
    }

    private sealed record Shifts
    {
        public double Sum { get; init; }

        public string[] Moved { get; init; } = [];
    }
}
