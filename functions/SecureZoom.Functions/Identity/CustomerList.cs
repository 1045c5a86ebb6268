using System.Collections.Concurrent;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Identity;

/// <summary>
/// What customers have of their own, by the table <c>customers</c>, which every instance has at hand: looking something up asks nobody.
/// </summary>
/// <remarks>A row that was not sealed by us, or says what none may, counts as missing; settings go before rows. Each is told once.</remarks>
public sealed partial class CustomerList
{
    /// <summary>The table's name, and that of its one partition.</summary>
    internal const string Table = "customers";

    /// <inheritdoc cref="Table"/>
    internal const string Partition = "customers";

    private readonly CachedPartition _rows;
    private readonly SettledCustomers _settled;
    private readonly ILogger<CustomerList> _logger;

    private readonly ConcurrentDictionary<(string, string), bool> _told = new();
    private volatile Reading? _latest;

    internal CustomerList(CachedPartition rows, SettledCustomers settled, ILogger<CustomerList> logger) =>
        (_rows, _settled, _logger) = (rows, settled, logger);

    /// <summary>Looks whether they are known well enough to go by.</summary>
    /// <exception cref="StorageUnavailableException">They are not.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken) => await _rows.RowsAsync(cancellationToken);

    /// <summary>Those at hand: whatever lets somebody in goes by none older than a minute.</summary>
    /// <exception cref="StorageUnavailableException">They were never read; or, where not any age will do, not within a minute.</exception>
    internal CustomerSet At(bool anyAge) => Of(_rows.Rows(anyAge));

    /// <summary>Sees to it that they are at hand.</summary>
    /// <exception cref="StorageUnavailableException">They cannot be read, and never were.</exception>
    internal async ValueTask ReadAsync(CancellationToken cancellationToken) => await _rows.RowsAsync(cancellationToken, anyAge: true);

    private CustomerSet Of(IReadOnlyDictionary<string, TableEntity> read)
    {
        if (_latest is not { } latest || latest.Rows != read)
        {
            _latest = latest = new Reading(read, Choose(read));
        }

        return latest.Customers;
    }

    private CustomerSet Choose(IReadOnlyDictionary<string, TableEntity> read)
    {
        var chosen = new List<Customer>();
        foreach (var customer in read.Values.Select(CustomerRow.Read).OrderBy(customer => customer.Organization, StringComparer.Ordinal))
        {
            if (CustomerRules.Problems(customer, _settled.Operators) is [var problem, ..])
            {
                Tell(customer, problem, Log.Refused);
                continue;
            }

            var (left, contradictions) = _settled.Apply(customer);
            foreach (var contradiction in contradictions)
            {
                Tell(customer, contradiction, Log.Contradicts);
            }

            chosen.Add(left);
        }

        return new CustomerSet(chosen);
    }

    private void Tell(Customer customer, string what, Action<ILogger, string, string> tell)
    {
        if (_told.TryAdd((customer.Organization, what), true))
        {
            tell(_logger, customer.Organization, what);
        }
    }

    /// <summary>What was read, and what it comes to.</summary>
    private sealed record Reading(IReadOnlyDictionary<string, TableEntity> Rows, CustomerSet Customers);

    private static partial class Log
    {
        [LoggerMessage(EventId = 125, Level = LogLevel.Critical, Message = "The row of the customer {Organization} counts as missing, since it {Problem}")]
        public static partial void Refused(ILogger logger, string organization, string problem);

        [LoggerMessage(EventId = 126, Level = LogLevel.Critical, Message = "The row of the customer {Organization} does not count where settings do: it {Problem}")]
        public static partial void Contradicts(ILogger logger, string organization, string problem);
    }
}
