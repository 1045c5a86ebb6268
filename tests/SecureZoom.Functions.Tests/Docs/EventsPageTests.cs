using System.Text;
using SecureZoom.Functions.Tests.Webhooks;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Tests.Docs;

/// <summary><c>docs/events.md</c> has the table of events as the app has it, and what it says to subscribe to is what has a sentence.</summary>
public sealed class EventsPageTests
{
    private static readonly string Page = Path.Combine(AppContext.BaseDirectory, "events.md");

    [Fact]
    public void The_page_s_table_is_the_app_s()
    {
        var table = Table();
        if (!File.ReadAllText(Page).Contains(table, StringComparison.Ordinal))
        {
            File.WriteAllText($"{Page}.actual", table);
            Assert.Fail($"docs/events.md should have this table: {Page}.actual");
        }
    }

    [Fact]
    public void Every_published_event_of_these_families_has_a_sentence_of_its_own()
    {
        string[] families = ["meeting", "webinar", "recording", "user", "account", "group", "app", "app_deauthorized"];
        var published = ZoomSamples.All.Select(sample => (string)sample["event"]!).Where(name => families.Contains(name.Split('.')[0]));

        Assert.Empty(published.Except(ZoomEventTable.All.Select(kind => kind.Name)));
    }

    private static string Table()
    {
        var table = new StringBuilder("| event | whose deed | what its record says |\n|---|---|---|\n");
        foreach (var kind in ZoomEventTable.All)
        {
            table.Append($"| `{kind.Name}` | {(kind.By.Length == 0 ? "nobody's" : kind.By)} | {kind.Tells}{(kind.Passive is { } passive ? $"; where nobody says who: {passive}" : "")} |\n");
        }

        return table.ToString();
    }
}
