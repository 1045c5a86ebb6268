using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Whoever reads a trail is on record: in that trail, also where they are of another organisation.</summary>
public sealed class ReadsTests(Cloud cloud) : AttackBench(cloud), IAsyncLifetime
{
    private App _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(Cloud);
        await AppendAndSignAsync(Bench(), 2);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("audit?action=meeting.created", "audit.read", "read the audit trail of")]
    [InlineData("audit/records/1?", "audit.read", "read the audit trail of")]
    [InlineData("audit/summary?by=day", "audit.read", "read the audit trail of")]
    [InlineData("audit/records/2/proof?", "audit.proof_read", "read proofs of the audit trail of")]
    [InlineData("audit/consistency?from=1", "audit.proof_read", "read proofs of the audit trail of")]
    [InlineData("audit/findings?", "audit.read", "read what was found wrong with the audit trail of")]
    [InlineData("audit/checkpoints?", "audit.proof_read", "read proofs of the audit trail of")]
    [InlineData("audit/verification?from=2026-01-01", "audit.verified", "had the audit trail of")]
    [InlineData("audit/evidence?sequence=1-2", "audit.exported", "exported the audit trail of")]
    public async Task An_operator_s_reading_is_in_the_customer_s_trail(string path, string action, string told)
    {
        await ReadAsync(path);
        var record = await FindAsync(record => record.Action == action);
        Assert.Equal("olive@platform.example", record.Actor.Email);
        Assert.StartsWith("Olive", record.Sentence, StringComparison.Ordinal);
        Assert.Contains(told, record.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_on_record_with_its_filters_and_whom_it_was_about()
    {
        await ReadAsync("audit?outcome=success&person=Bob@acme.example", ("Accept", "text/csv"));
        var record = await FindAsync(record => record.Action == "audit.exported");
        Assert.Equal(
            ("text/csv", "success", "Bob@acme.example"),
            ((string?)record.Details!["format"], (string?)record.Details["outcome"], (string?)record.Details["subject"]));
    }

    [Fact]
    public async Task A_page_that_is_looked_at_again_is_one_record_and_one_by_other_filters_another()
    {
        await ReadAsync("audit?outcome=success");
        await ReadAsync("audit?outcome=success&limit=10");
        await ReadAsync("audit?outcome=denied");
        await FindAsync(record => (string?)record.Details?["outcome"] == "success");
        await FindAsync(record => (string?)record.Details?["outcome"] == "denied");
        // In whatever order they came off the queue.
        var reads = (await Bench().ReadAsync(Organization)).Where(record => record.Action == "audit.read");
        Assert.Equal(["denied", "success"], reads.Select(record => (string?)record.Details!["outcome"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_reading_that_shows_more_than_what_is_on_record_is_another_and_one_that_shows_no_more_is_none()
    {
        const string Range = "audit?outcome=success";
        await ReadAsync($"{Range}&from=2026-01-02T00:10:00Z&to=2026-01-02T00:11:00Z");
        await ReadAsync($"{Range}&from=2026-01-02T00:10:30Z&to=2026-01-02T00:10:40Z");
        await ReadAsync($"{Range}&from=2026-01-02T00:10:00Z&to=2026-01-02T00:12:00Z");
        await ReadAsync($"{Range}&from=2026-01-02T00:09:00Z&to=2026-01-02T00:10:30Z");
        await ReadAsync($"{Range}&after=20");
        await ReadAsync($"{Range}&after=30");
        await ReadAsync($"{Range}&after=10");
        // Behind all of them on the queue.
        await ReadAsync("audit?outcome=denied");
        await FindAsync(record => (string?)record.Details?["outcome"] == "denied");
        var reads = await Wait.ForAsync("all of them", async () =>
            (await Bench().ReadAsync(Organization)).Where(record => (string?)record.Details?["outcome"] == "success").ToList() is { Count: >= 5 } all ? all : null);
        Assert.Equal(
            ["00:09-00:10 1", "00:10-00:11 1", "00:10-00:12 1", "-now 11", "-now 21"],
            reads.Select(record => $"{Time(record, "from")}-{Time(record, "to") ?? "now"} {(long?)record.Details!["first"] ?? 1}").Order(StringComparer.Ordinal).OrderBy(text => text[0] == '-'));

        static string? Time(AuditRecord record, string member) => (string?)record.Details![member] is { } text ? text[11..16] : null;
    }

    [Fact]
    public async Task Who_reads_on_each_minute_is_on_record_once_a_quarter_of_an_hour()
    {
        var time = new AdjustableTime();
        await using var app = await App.StartAsync(Cloud, services: services => services.AddSingleton<TimeProvider>(time));
        var olive = app.As(Accounts.Olive);
        for (var minute = 0; minute < 20; minute++)
        {
            var now = time.GetUtcNow();
            foreach (var path in (string[])[$"audit?outcome=success&from={now.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}&to={now.AddSeconds(-5):yyyy-MM-ddTHH:mm:ssZ}", $"audit?outcome=failure&after={minute}"])
            {
                Assert.Equal(200, (int)(await olive.GetAsync($"{path}&organization={Organization}")).Status);
            }

            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(200, (int)(await olive.GetAsync($"audit?outcome=denied&organization={Organization}")).Status);
        await FindAsync(record => (string?)record.Details?["outcome"] == "denied");
        var reads = await Wait.ForAsync("both of each", async () =>
            (await Bench().ReadAsync(Organization)).Where(record => record.Action == "audit.read").ToList() is { Count: >= 5 } all ? all : null);
        Assert.Equal(["denied", "failure", "failure", "success", "success"], reads.Select(record => (string?)record.Details!["outcome"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_proof_of_consistency_is_on_record_with_its_sizes()
    {
        await ReadAsync("audit/consistency?from=1&to=2");
        var record = await FindAsync(record => record.Action == "audit.proof_read");
        Assert.Equal(("consistency", 1L, 2L), ((string?)record.Details!["format"], (long)record.Details["from"]!, (long)record.Details["to"]!));
    }

    [Fact]
    public async Task One_s_own_trail_says_once_that_one_has_read_it()
    {
        var auditor = _app.As(Accounts.Audrey.In(Organization));
        Assert.Equal(200, (int)(await auditor.GetAsync("audit")).Status);
        Assert.Equal(200, (int)(await auditor.GetAsync("audit/verification")).Status);
        await FindAsync(record => record.Action == "audit.verified");
        await FindAsync(record => record.Action == "audit.read");
        Assert.Single(await Bench().ReadAsync(Organization), record => record.Action == "audit.read");
    }

    private async Task ReadAsync(string path, params (string Name, string Value)[] headers)
    {
        var answer = await _app.As(Accounts.Olive).GetAsync($"{path}&organization={Organization}", headers);
        Assert.Equal(200, (int)answer.Status);
    }

    private Task<AuditRecord> FindAsync(Func<AuditRecord, bool> isIt) => Wait.ForAsync(
        "the record of reading", async () => (await Bench().ReadAsync(Organization)).FirstOrDefault(isIt));
}
