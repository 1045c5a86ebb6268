using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Customers;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Audit.Erasing;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Operator;

namespace SecureZoom.Functions.Tests.Customers;

/// <summary>What trails say of customers' rows: what was done, once it is, and by whom, until they are forgotten.</summary>
public sealed class CustomerRecordTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private const string Address = "olga@operators.test";

    private static readonly AuditActor Olga = new() { Type = "operator", Name = $"script/customer by {Address} (signed in at Azure, 0a1b)", Email = Address };

    private ErasureBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CustomerDesk Desk => _bench.App.Services.GetRequiredService<CustomerDesk>();

    private Customer Customer => new(_bench.Organization) { EmailDomains = [$"{_bench.Organization.Replace('_', '-')}.test"] };

    public async ValueTask InitializeAsync() => _bench = await ErasureBench.StartAsync(queues.Cloud);

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_row_that_could_not_be_written_is_on_record_as_that_and_as_nothing_else()
    {
        _bench.Tap.Fails = operation => !operation.StartsWith("GET", StringComparison.Ordinal) && operation.Contains(CustomerList.Table, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => Desk.AddAsync(Customer, "The contract.", Olga, Cancellation));
        _bench.Tap.Fails = _ => false;
        Assert.Equal(["customer.add intent", "customer.add failure"], await SaidAsync());

        await Desk.AddAsync(Customer, "The contract.", Olga, Cancellation);
        Assert.Equal(["customer.add intent", "customer.add failure", "customer.add intent", "customer.added success"], await SaidAsync());
        var operations = (await _bench.ReadAsync()).Select(record => record.Operation).ToList();
        Assert.Equal((operations[0], operations[2], 2), (operations[1], operations[3], operations.Distinct().Count()));
    }

    [Fact]
    public async Task An_operator_who_is_forgotten_is_named_nowhere_in_the_trail_and_it_stays_proved()
    {
        await Desk.AddAsync(Customer, "The contract.", Olga, Cancellation);
        await Desk.RemoveAsync(_bench.Organization, "It was a trial.", Olga, Cancellation);
        Assert.Contains(Address, await ExportAsync(), StringComparison.Ordinal);

        var forgotten = await _bench.ForgetAsync(Address);
        Assert.Equal((4L, 4L), (forgotten.Records, forgotten.Parts));
        Assert.DoesNotContain("olga", await ExportAsync(), StringComparison.OrdinalIgnoreCase);
        var verdict = await _bench.SignAndVerifyAsync();
        Assert.Empty(verdict.Problems);
        Assert.Equal(4, verdict.Erased.Records);
    }

    [Fact]
    public async Task What_somebody_is_told_or_has_erased_is_no_row_and_leaves_it_as_it_is()
    {
        // One of them wrote it, the other's address is in the domain that it states.
        await Desk.AddAsync(Customer, "The contract.", Olga, Cancellation);
        await _bench.TellAsync();
        var written = await RowAsync();
        Assert.Contains(Customer.EmailDomains[0], written, StringComparison.Ordinal);
        foreach (var (person, records) in ((string, int)[])[(Address, 2), (_bench.Email, 4)])
        {
            Assert.False(StorageSearch.Holds(written, person));
            var told = new StringWriter();
            Assert.Equal(0, await Tell.RunAsync([person, "--organization", _bench.Organization], () => new RunningApp(_bench.App.Services), told, Cancellation));
            var lines = told.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
            Assert.Equal(records, lines.Count(line => line["record"] is not null));
            Assert.DoesNotContain(lines, line => line["kind"] is not null);

            Assert.Equal(records, (await _bench.ForgetAsync(person)).Records);
            Assert.Equal(written, await RowAsync());
        }

        Assert.Equal(Customer.EmailDomains, (await Desk.ReadAsync(Cancellation)).Single(customer => customer.Organization == _bench.Organization).EmailDomains);
    }

    [Fact]
    public async Task Records_that_are_let_go_leave_the_row_that_they_tell_of()
    {
        await Desk.AddAsync(Customer, "The contract.", Olga, Cancellation);
        var written = await RowAsync();
        using var kept = new TrailBench(queues.Cloud, _bench.Time, retainFor: TimeSpan.FromDays(90));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await kept.AppendAsync(_bench.Organization, [.. Enumerable.Range(0, 150).Select(_ => Story.Event(at: _bench.Time.GetUtcNow(), actor: ErasureBench.Bob))]);
        }

        _bench.Time.Advance(TimeSpan.FromDays(91));
        await kept.AppendAsync(_bench.Organization, Story.Event(at: _bench.Time.GetUtcNow(), actor: ErasureBench.Bob));
        for (var run = 0; run < 3; run++)
        {
            await kept.SignAsync(_bench.Organization);
            await kept.Retention.RunAsync(kept.Signer.Trails, Cancellation);
            _bench.Time.Advance(TrailRetention.Grace);
        }

        var beginning = await _bench.App.Services.GetRequiredService<TrailBeginnings>().ReadAsync(_bench.Organization, Cancellation);
        Assert.Equal((256L, 256L), (beginning.Size, beginning.GoneTo));
        Assert.Equal(written, await RowAsync());
    }

    /// <summary>The customer's row with all that it has, its seal and its version.</summary>
    private async Task<string> RowAsync()
    {
        var row = await new TableClient(queues.Cloud.Storage.ConnectionString, CustomerList.Table)
            .QueryAsync<TableEntity>(row => row.RowKey == _bench.Organization, cancellationToken: Cancellation).SingleAsync(Cancellation);
        return string.Join('\n', row.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {(one.Value is byte[] bytes ? Convert.ToHexStringLower(bytes) : one.Value)}"));
    }

    private async Task<IEnumerable<string>> SaidAsync() => (await _bench.ReadAsync()).Select(record => $"{record.Action} {record.Outcome}");

    private async Task<string> ExportAsync()
    {
        using var export = new MemoryStream();
        await _bench.App.Services.GetRequiredService<AuditExport>().WriteAsync(export, _bench.Organization, signed: null, Cancellation);
        // What is destroyed is not only hidden in base64.
        var text = Encoding.UTF8.GetString(export.ToArray());
        return $"{text}\n{string.Join('\n', text.Split('"').Select(Plain))}";
    }

    private static string Plain(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
    }
}
