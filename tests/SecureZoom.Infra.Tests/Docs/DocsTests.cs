using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>What the documents name exists, and what they count is counted.</summary>
public sealed partial class DocsTests
{
    private static readonly string[] Documents =
        ["README.md", "infra/README.md", "docs/operate.md", "docs/threat-model.md", "docs/cost.md", "docs/setup.md", "docs/events.md", "docs/zoom-reports.md", "docs/attacks.md"];

    /// <summary>What an execution takes at least: a second on an instance of 2 GB.</summary>
    private const decimal GigabyteSeconds = 2;

    public static TheoryData<string> Files => [.. Documents];

    public static IEnumerable<TheoryDataRow<string>> Threats =>
        Threat().Matches(Read("docs/threat-model.md")).Select(row => new TheoryDataRow<string>(row.Groups["proof"].Value)
        {
            TestDisplayName = $"{row.Groups["name"].Value} is proved",
        });

    [Theory]
    [MemberData(nameof(Threats))]
    public void A_threat_is_proved_by_tests_that_exist(string proof)
    {
        var named = Quoted().Matches(proof).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(IsTest(name), $"There is no test {name}."));
    }

    [Fact]
    public void Every_kind_of_threat_has_several() => Assert.Equal(
        ["D", "E", "I", "R", "S", "T"],
        Threat().Matches(Read("docs/threat-model.md")).GroupBy(row => row.Groups["name"].Value[..1]).Where(kind => kind.Count() > 3).Select(kind => kind.Key).Order());

    [Fact]
    public void Each_report_of_what_goes_wrong_at_Zoom_is_held_by_a_test()
    {
        var reports = Report().Matches(Read("docs/zoom-reports.md"));

        Assert.Equal(Enumerable.Range(1, 18), reports.Select(row => int.Parse(row.Groups["number"].Value, CultureInfo.InvariantCulture)));
        Assert.All(reports, row => Assert.Matches(TestName(), row.Groups["proof"].Value));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_a_document_names_exists(string document)
    {
        var text = Read(document);
        var folder = Path.GetDirectoryName(document)!;

        Assert.All(Link().Matches(text), link => Assert.True(
            Path.Exists(Repository.PathOf(Path.Combine(folder, link.Groups[1].Value))), $"{document} links to {link.Groups[1].Value}."));
        Assert.All(Script().Matches(text), script => Assert.True(
            File.Exists(Repository.PathOf(script.Value)), $"{document} names {script.Value}."));
        Assert.All(TestName().Matches(text), test => Assert.True(IsTest(test.Groups[1].Value), $"{document} names {test.Groups[1].Value}."));
    }

    [Theory]
    [InlineData("1,000 joins", "join", 2)]
    [InlineData("1,000 joins in one call", "join in one call", 1)]
    [InlineData("100,000 webhooks", "webhook", 1)]
    public void The_cost_is_that_of_the_operations(string row, string what, int calls)
    {
        var count = decimal.Parse(row.Split(' ')[0], NumberStyles.Number, CultureInfo.InvariantCulture);
        var operations = JsonDocument.Parse(Read("tests/vectors/operations.json")).RootElement.GetProperty(what);
        var records = operations.GetProperty("queue").GetInt32();
        var executions = count * (calls + records);
        var time = executions * GigabyteSeconds * 0.000026m;
        var started = executions * 0.40m / 1_000_000;
        var tables = count * operations.GetProperty("table").GetInt32() * 0.00036m / 10_000;
        // Put by the app, received and deleted by the host.
        var queues = count * records * 3 * 0.004m / 10_000;
        var floor = count * ((GigabyteSeconds * 0.000026m) + (0.40m / 1_000_000) + (0.00036m / 10_000));
        var sum = time + started + tables + queues;

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture,
                $"| {row} | ${time:F4} | ${started:F4} | ${tables:F4} | ${queues:F4} | **${sum:F4}** | ${floor:F4} | {sum / floor:F1} |"),
            Read("docs/cost.md"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100,000 joins in one call", "join in one call")]
    [InlineData("100,000 webhooks", "webhook")]
    public void The_logs_cost_what_their_bytes_do(string row, string what)
    {
        var bytes = JsonDocument.Parse(Read("tests/vectors/operations.json")).RootElement.GetProperty("log bytes").GetProperty(what).GetInt32();
        var gigabytes = 100_000 * (decimal)bytes / 1_000_000_000;

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"| {row} | {bytes:N0} | {gigabytes:F2} GB | **${gigabytes * 2.30m:F2}** |"),
            Read("docs/cost.md"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Organisations_in_which_nothing_happens_cost_what_their_operations_do()
    {
        const int Organizations = 500;
        const int Days = 30;
        var day = JsonDocument.Parse(Read("tests/vectors/operations.json")).RootElement.GetProperty("an idle day");
        // The list, once for all, every five minutes.
        var tables = ((Organizations * day.GetProperty("table").GetInt32()) + (24 * 12)) * Days * 0.00036m / 10_000;
        // A list is priced as a write is.
        var writes = Organizations * (day.GetProperty("blob write").GetInt32() + day.GetProperty("blob list").GetInt32()) * Days * 0.13m / 10_000;
        var reads = Organizations * day.GetProperty("blob read").GetInt32() * Days * 0.005m / 10_000;

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture,
                $"| {Organizations} organisations in which nothing happens | ${tables:F4} | ${writes + reads:F4} | **${tables + writes + reads:F4}** |"),
            Read("docs/cost.md"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_instances_that_are_always_ready_are_counted()
    {
        var triggers = Directory.EnumerateFiles(Repository.PathOf("functions/SecureZoom.Functions"), "*Function.cs", SearchOption.AllDirectories)
            .Sum(file => Trigger().Count(File.ReadAllText(file)));
        // Two of each group: calls together, every other trigger by itself.
        var instances = 2 * (1 + triggers);
        var sum = instances * GigabyteSeconds * 30 * 24 * 3600 * 0.000004m;

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"{instances} instances for calls, the queue and the timers, ${sum:F2} a month"),
            Read("docs/cost.md"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Each_secret_has_its_way_of_rotation()
    {
        var rows = Secret().Matches(Read("docs/operate.md")).SelectMany(row => Quoted().Matches(row.Value)).Select(match => match.Groups[1].Value);

        var hook = File.ReadAllText(Infra.PathOf("hooks/postprovision.sh"));
        var asked = Asked().Matches(hook).Select(match => match.Groups[1].Value);
        var made = Made().Matches(hook).SelectMany(match => match.Groups[1].Value.Split(' '));
        Assert.Empty(asked.Concat(made).Except(rows));
    }

    [Fact]
    public void Each_alert_has_its_answer()
    {
        var operate = Read("docs/operate.md");
        Assert.All(
            ((string[])["rules", "eventRules"]).SelectMany(file => Alert().Matches(File.ReadAllText(Infra.PathOf($"modules/{file}.bicep")))),
            alert => Assert.Contains($"`{alert.Groups[1].Value}`", operate, StringComparison.Ordinal));
    }

    private static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    /// <summary>A method of a class as <c>Class.Method</c>, or a file of tests.</summary>
    private static bool IsTest(string name) => name.Contains('/')
        ? File.Exists(Repository.PathOf(name))
        : name.Split('.') is [var type, var method]
            && Directory.EnumerateFiles(Repository.PathOf("tests"), $"{type}.cs", SearchOption.AllDirectories)
                .Any(file => Regex.IsMatch(File.ReadAllText(file), $@"\b{method}\("));

    [GeneratedRegex(@"^\| (?<name>[STRIDE]\d+) [^|]+\|[^|]+\| (?<proof>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Threat();

    [GeneratedRegex(@"^\| (?<number>\d+) \|[^|]+\|[^|]+\| (?<proof>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Report();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\bscript/[a-z-]+")]
    private static partial Regex Script();

    [GeneratedRegex(@"`(\w+Tests\.[A-Z]\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\| (`[a-z0-9-]+`(, )?)+ \|", RegexOptions.Multiline)]
    private static partial Regex Secret();

    [GeneratedRegex(@"^  '([a-z-]+)\|", RegexOptions.Multiline)]
    private static partial Regex Asked();

    [GeneratedRegex(@"^(?:keys=\(|signing_key=)([a-z0-9 -]+)\)?$", RegexOptions.Multiline)]
    private static partial Regex Made();

    [GeneratedRegex(@"\[(Queue|Timer)Trigger\(")]
    private static partial Regex Trigger();

    [GeneratedRegex(@"^    name: '([a-z0-9-]+)'$", RegexOptions.Multiline)]
    private static partial Regex Alert();
}
