using System.Globalization;
using Azure.Data.Tables;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>The creates of the last day, whatever became of them: in the table <c>access</c>, one partition a Zoom account (<c>c:{account}</c>), by time.</summary>
public sealed class CreateIntents(TableServiceClient tables, RowSeal seal, TimeProvider time)
{
    private const string Organization = "Organization";
    private const string Host = "Host";
    private const string Topic = "Topic";

    /// <summary>How far from its intent a meeting's creation may be, clocks included.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Zoom repeats an event for more than an hour, and the queue keeps it for more.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly TableClient _table = tables.GetTableClient(AccessTable.Name);

    /// <summary>Writes one down, before Zoom is asked.</summary>
    public async Task AddAsync(ZoomAccount account, CreateIntent intent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var row = new TableEntity(PartitionKey(account.AccountId), $"{RowKey(now)}:{Guid.NewGuid():N}")
        {
            [Organization] = intent.Organization,
            [Host] = intent.Host,
            [Topic] = intent.Topic,
            [AccessTable.Expires] = now + Lifetime,
        };
        await seal.SealAsync(AccessTable.Name, row, cancellationToken);
        await _table.ReplaceRowAsync(row, cancellationToken);
    }

    /// <summary>Those that a meeting may come from which an account got at a time.</summary>
    public async Task<IReadOnlyList<CreateIntent>> FindAsync(string accountId, DateTimeOffset createdAt, CancellationToken cancellationToken)
    {
        var (partition, from, to) = (PartitionKey(accountId), RowKey(createdAt - Window), RowKey(createdAt + Window));
        var found = new List<CreateIntent>();
        await foreach (var row in _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey le {to}"),
            cancellationToken: cancellationToken))
        {
            if (await seal.CheckAsync(AccessTable.Name, row, cancellationToken) != SealState.Wrong)
            {
                found.Add(new CreateIntent(row.GetString(Organization), row.GetString(Host), row.GetString(Topic)));
            }
        }

        return found;
    }

    internal static string PartitionKey(string accountId) => $"c:{accountId}";

    private static string RowKey(DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}
