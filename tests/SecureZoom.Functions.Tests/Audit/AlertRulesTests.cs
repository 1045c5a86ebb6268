using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>The alert rules of the template, their queries run over what the app really writes: each for its cause, named with its organisation.</summary>
/// <remarks>Those that are not here stand in the tests of their deeds: whoever looks for <c>Alerts()</c> finds them.</remarks>
public sealed partial class AlertRulesTests(Cloud cloud) : AttackBench(cloud)
{
    private static readonly MethodInfo[] Messages = [.. typeof(AuditTrail).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null)];

    private static IEnumerable<LoggerMessageAttribute> Lines => Messages.Select(message => message.GetCustomAttribute<LoggerMessageAttribute>()!);

    [Fact]
    public void No_two_messages_share_an_id_and_none_hides_it()
    {
        Assert.NotEmpty(Messages);
        Assert.Equal(Lines.Select(line => line.EventId).Distinct(), Lines.Select(line => line.EventId));
        Assert.DoesNotContain(0, Lines.Select(line => line.EventId));
        // Of two values of one name the exporter takes the message's.
        Assert.All(Lines, line => Assert.DoesNotMatch("\\{(EventId|EventName|CategoryName|OriginalFormat)\\}", line.Message));
    }

    [Fact]
    public void Every_rule_of_the_template_is_read()
    {
        var names = RuleName().Matches(AlertRule.Template).Select(match => match.Groups[1].Value);
        Assert.Equal(names, AlertRule.All.Select(rule => rule.Name));
    }

    [Fact]
    public void Every_critical_line_has_a_rule_and_every_id_of_a_rule_a_line()
    {
        var watched = AlertRule.All.SelectMany(rule => rule.Events).ToList();
        Assert.Empty(Lines.Where(line => line.Level == LogLevel.Critical).Select(line => line.EventId).Except(watched));
        Assert.Empty(watched.Except(Lines.Select(line => line.EventId)));
    }

    [Fact]
    public void The_runbook_names_the_events_of_each_rule()
    {
        var runbook = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "operate.md"));
        foreach (var rule in AlertRule.All.Where(rule => rule.Events.Any()))
        {
            var row = Assert.Single(runbook, line => line.StartsWith('|') && line.Split('|')[1].Contains($"`{rule.Name}`", StringComparison.Ordinal) && Ids().IsMatch(line));
            Assert.Superset(rule.Events.ToHashSet(), Ids().Match(row).Groups[1].Value.Split(", ").Select(int.Parse).ToHashSet());
        }
    }

    [Fact]
    public void Whatever_names_an_organisation_raises_an_alert_of_its_own_for_each()
    {
        var named = Lines.Where(line => line.Message.Contains("{Organization}", StringComparison.Ordinal)).Select(line => line.EventId).ToHashSet();
        // All organisations are silent at once.
        Assert.All(AlertRule.All.Where(rule => rule.Name != "signing-silent" && rule.Events.Any(named.Contains)), rule => Assert.Equal("Organization", rule.Split));
    }

    [Fact]
    public async Task A_trail_that_is_damaged_or_was_not_verified_is_a_finding_of_its_organisation()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        await bench.LookBackAsync();
        Assert.Empty(bench.Logs.Alerts());

        Time.Advance(TimeSpan.FromHours(27));
        await bench.LookBackAsync();
        Assert.Contains($"trail-finding {Organization}", bench.Logs.Alerts());

        Time.Advance(TimeSpan.FromHours(2));
        await AppendAndSignAsync(bench, 1);
        Assert.Empty(bench.Logs.Alerts());
        await bench.AppendAsync(Organization, Story.Events(2));
        await Attacker.EditAsync(5, "\"success\"", "\"denied\"");
        Assert.False(await bench.SignAsync(Organization));
        Assert.Equal([$"trail-finding {Organization}"], bench.Logs.Alerts());
    }

    [Fact]
    public async Task A_trail_that_is_not_signed_is_missed_after_two_hours_and_all_of_them_together()
    {
        var (bench, other) = (Bench(), Story.NewOrganization());
        await AppendAndSignAsync(bench, 3);
        await bench.AppendAsync(Organization, Story.Events(2));
        await Attacker.EditAsync(4, "\"success\"", "\"denied\"");
        Time.Advance(TimeSpan.FromHours(1.9));
        Assert.False(await bench.SignAsync(Organization));
        await bench.AppendAsync(other, Story.Events(1));
        Assert.True(await bench.SignAsync(other));

        Assert.Equal([$"trail-finding {Organization}"], bench.Logs.Alerts());
        Assert.Equal([$"checkpoint-missing {Organization}"], bench.Logs.Alerts(TimeSpan.FromHours(1.5)));
        string[] both = [$"checkpoint-missing {Organization}", $"checkpoint-missing {other}"];
        Assert.Equal([.. both.Order(StringComparer.Ordinal), "signing-silent"], bench.Logs.Alerts(TimeSpan.FromHours(2.1)));
    }

    [Fact]
    public async Task An_outcome_that_the_queue_does_not_take_is_told()
    {
        var logs = new LogCapture();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(logs));
        var recorder = new AuditRecorder(
            new QueueClient(Cloud.Storage.ConnectionString, "nowhere"), Cloud.SecretStore(), Time, loggers.CreateLogger<AuditRecorder>());
        await recorder.RecordOutcomeAsync(Story.Event() with { Organization = Organization });
        Assert.Equal([$"outcome-lost {Organization}"], logs.Alerts());
    }

    /// <summary>What Azure writes, as it is documented: a rule, rows that raise it, and rows that do not.</summary>
    public static TheoryData<string, string, string, string> Azures => new()
    {
        {
            "quarantine-not-empty -", "StorageBlobLogs",
            """[{"Uri":"https://a/audit-quarantine/1","OperationName":"PutBlob","StatusCode":"201","ObjectKey":"1","Ago":10}]""",
            """[{"Uri":"https://a/audit-quarantine/1","OperationName":"PutBlob","StatusCode":"201","ObjectKey":"1","Ago":10},{"Uri":"https://a/audit-quarantine/1","OperationName":"DeleteBlob","StatusCode":"202","ObjectKey":"1","Ago":5},{"Uri":"https://a/other/1","OperationName":"PutBlob","StatusCode":"201","ObjectKey":"2","Ago":5}]"""
        },
        {
            "poison-queue-used -", "StorageQueueLogs",
            """[{"Uri":"https://a/audit-events-poison/messages","OperationName":"PutMessage","StatusCode":"201","Ago":10}]""",
            """[{"Uri":"https://a/audit-events/messages","OperationName":"PutMessage","StatusCode":"201","Ago":10},{"Uri":"https://a/audit-events-poison/messages","OperationName":"PutMessage","StatusCode":"403","Ago":10}]"""
        },
        {
            "webhook-401-surge", "AppRequests",
            """[{"Url":"https://a/api/webhook","ResultCode":"401","ItemCount":21,"Ago":5}]""",
            """[{"Url":"https://a/api/webhook","ResultCode":"401","ItemCount":20,"Ago":5},{"Url":"https://a/api/webhook","ResultCode":"200","ItemCount":9,"Ago":5},{"Url":"https://a/api/webhook","ResultCode":"401","ItemCount":9,"Ago":20}]"""
        },
        {
            "server-errors", "AppRequests",
            """[{"Url":"https://a/api/me","ResultCode":"200","ItemCount":18,"Ago":5},{"Url":"https://a/api/me","ResultCode":"503","ItemCount":2,"Ago":5}]""",
            """[{"Url":"https://a/api/me","ResultCode":"200","ItemCount":19,"Ago":5},{"Url":"https://a/api/me","ResultCode":"500","ItemCount":1,"Ago":5},{"Url":"","ResultCode":"500","ItemCount":9,"Ago":5}]"""
        },
        {
            "vault-denials", "AZKVAuditLogs",
            """[{"Identity":{"claim":{"oid":"x"}},"OperationName":"SecretGet","HttpStatusCode":403,"Ago":5}]""",
            """[{"Identity":{"claim":{"oid":"x"}},"OperationName":"SecretList","HttpStatusCode":403,"Ago":30},{"Identity":{"claim":{"oid":"x"}},"OperationName":"SecretList","HttpStatusCode":200,"Ago":10},{"Identity":{"claim":{"oid":"y"}},"OperationName":"SecretGet","HttpStatusCode":200,"Ago":5}]"""
        },
    };

    [Theory]
    [MemberData(nameof(Azures))]
    public void What_Azure_tells_raises_its_own_rule_and_no_other(string rule, string table, string raising, string silent)
    {
        Assert.Equal([rule], Fired(table, raising));
        Assert.Empty(Fired(table, silent));
    }

    [Fact]
    public void What_is_in_quarantine_is_an_alert_of_whom_the_app_has_named_until_it_is_replayed()
    {
        const string Kept = """[{"Properties":{"EventId":"198","Organization":"org_acme","Blob":"2026-11-24/a1"},"Ago":10}]""";
        const string Put = """[{"Uri":"https://a/audit-quarantine/2026-11-24/a1","OperationName":"PutBlob","StatusCode":"201","ObjectKey":"/a/audit-quarantine/2026-11-24/a1","Ago":11}]""";
        const string Deleted = """[{"Uri":"https://a/audit-quarantine/2026-11-24/a1","OperationName":"DeleteBlob","StatusCode":"202","ObjectKey":"/a/audit-quarantine/2026-11-24/a1","Ago":5}]""";
        Assert.Equal(["quarantine-not-empty org_acme"], Fired(("AppTraces", Kept)));
        Assert.Equal(["quarantine-not-empty org_acme"], Fired(("AppTraces", Kept), ("StorageBlobLogs", Put)));
        Assert.Empty(Fired(("AppTraces", Kept), ("StorageBlobLogs", Deleted)));
    }

    private static IReadOnlyList<string> Fired(string table, string rows) => Fired((table, rows));

    private static IReadOnlyList<string> Fired(params (string Table, string Rows)[] tables)
    {
        var now = DateTimeOffset.UtcNow;
        return AlertRule.Fired(
            tables.ToDictionary(table => table.Table, table => JsonNode.Parse(table.Rows)!.AsArray().Select(row => row!.AsObject().ToDictionary(
                column => column.Key == "Ago" ? "TimeGenerated" : column.Key,
                column => column.Key == "Ago" ? now.AddMinutes(-(int)column.Value!) : Plain(column.Value)))),
            now);
    }

    private static object? Plain(JsonNode? value) => value switch
    {
        JsonValue plain when plain.TryGetValue<string>(out var text) => (object)text,
        JsonValue plain => plain.GetValue<double>(),
        _ => value,
    };

    [GeneratedRegex("^    name: '([a-z0-9-]+)'$", RegexOptions.Multiline)]
    private static partial Regex RuleName();

    [GeneratedRegex(@"\(events? ([\d, ]+)\)")]
    private static partial Regex Ids();
}
