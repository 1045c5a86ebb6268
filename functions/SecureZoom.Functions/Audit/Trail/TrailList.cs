using System.Collections.Concurrent;
using Azure.Data.Tables;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Which organisations have a trail: a row for each in the partition <c>.organizations</c> of the table <c>audit</c>.</summary>
public sealed class TrailList(TableServiceClient tables)
{
    private const string Partition = ".organizations";

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);
    private readonly ConcurrentDictionary<string, bool> _listed = new(StringComparer.Ordinal);

    /// <summary>Every organisation that is listed.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), select: ["RowKey"], cancellationToken: cancellationToken);
        return await rows.Select(row => row.RowKey).ToListAsync(cancellationToken);
    }

    /// <summary>Lists an organisation, before its first record and again after each start: without that its trail would have no checkpoints.</summary>
    public async Task EnsureAsync(string organization, CancellationToken cancellationToken)
    {
        if (!_listed.ContainsKey(organization))
        {
            await AddAsync(organization, cancellationToken);
        }
    }

    /// <summary>Lists an organisation, whether or not it was listed by us.</summary>
    public async Task AddAsync(string organization, CancellationToken cancellationToken)
    {
        await _table.ReplaceRowAsync(new TableEntity(Partition, organization), cancellationToken);
        _listed[organization] = true;
    }
}
