using System.Collections.Concurrent;
using Azure.Data.Tables;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// Which organisations have a trail, and when it changed last: a row for each in the partition <c>.organizations</c> of the table
/// <c>audit</c>. One query tells of all trails whether there is anything to sign.
/// </summary>
/// <remarks>Only a hint: who takes a row away or sets its time back delays a signature, and stops none.</remarks>
public sealed class TrailList(TableServiceClient tables, TimeProvider time)
{
    internal const string Partition = ".organizations";
    private const string ChangedAtColumn = "ChangedAt";

    /// <summary>How long a change that was noted stands for further ones.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new(StringComparer.Ordinal);

    /// <summary>Every trail that is listed.</summary>
    public async Task<IReadOnlyList<ListedTrail>> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), select: ["RowKey", ChangedAtColumn], cancellationToken: cancellationToken);
        return await rows.Select(row => new ListedTrail(row.RowKey, row.TryGetValue(ChangedAtColumn, out var changed) ? changed as DateTimeOffset? : null))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Notes that a trail changes, before it does, once in five minutes at the most; and thereby lists it before its first record, and
    /// again after each start: without that it would have no checkpoints.
    /// </summary>
    public async Task NoteAsync(string organization, CancellationToken cancellationToken)
    {
        if (!_noted.TryGetValue(organization, out var noted) || (time.GetUtcNow() - noted).Duration() >= Interval)
        {
            await AddAsync(organization, cancellationToken);
        }
    }

    /// <summary>Lists an organisation, whether or not it was listed by us.</summary>
    public async Task AddAsync(string organization, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await _table.ReplaceRowAsync(new TableEntity(Partition, organization) { [ChangedAtColumn] = now }, cancellationToken);
        _noted[organization] = now;
    }
}
