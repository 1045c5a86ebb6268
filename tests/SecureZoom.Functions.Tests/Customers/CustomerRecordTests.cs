using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Customers;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Tests.Audit.Erasing;
using SecureZoom.Functions.Tests.Support;

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
