using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Storage;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// Takes records out of the table that were let go, and with each the guard of its event: whatever may still come twice is younger than what
/// may go. Again, or after a crash, it takes what is left.
/// </summary>
public sealed class TrailRemover(TableServiceClient tables)
{
    /// <summary>Records and their guards in one transaction.</summary>
    private const int AtOnce = 50;

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);

    /// <summary>The place of an event's record; null when it was never recorded.</summary>
    internal async Task<long?> FindAsync(string organization, string eventId, CancellationToken cancellationToken)
    {
        var guard = await _table.GetEntityIfExistsAsync<TableEntity>(organization, TrailRows.GuardOf(eventId), cancellationToken: cancellationToken);
        return guard.HasValue ? guard.Value!.GetInt64(TrailRows.SequenceColumn) : null;
    }

    /// <summary>Takes the records up to one.</summary>
    internal async Task RemoveAsync(string organization, long last, CancellationToken cancellationToken)
    {
        var (from, to) = (TrailRows.KeyOf(1), TrailRows.KeyOf(last));
        var rows = _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {organization} and RowKey ge {from} and RowKey le {to}"), cancellationToken: cancellationToken);
        await foreach (var some in rows.Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            await RemoveAsync([.. some.SelectMany(row => KeysOf(row)).Distinct(StringComparer.Ordinal).Select(key => new TableEntity(organization, key))], cancellationToken);
        }
    }

    /// <summary>Takes everything of a trail but its end and its tiles, which name nobody.</summary>
    /// <param name="kept">The last record, which says that the others were let go.</param>
    internal async Task RemoveAllAsync(string organization, long kept, CancellationToken cancellationToken)
    {
        var rows = _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {organization}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken);
        await foreach (var some in rows.Where(row => !Stays(row.RowKey, kept)).Chunk(2 * AtOnce).WithCancellation(cancellationToken))
        {
            await RemoveAsync(some, cancellationToken);
        }
    }

    private static bool Stays(string key, long kept) =>
        key == TrailRows.HeadKey
        || TrailRows.IsTile(key)
        || (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence >= kept);

    private static IEnumerable<string> KeysOf(TableEntity row) =>
        TrailRows.Read(row, 0) is { Line: { } line } && DeedPlace.Of(line.Record.Deed) is { } place ? [row.RowKey, TrailRows.GuardOf(place.Id)] : [row.RowKey];

    private async Task RemoveAsync(IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            // One of them is gone: each by itself.
            foreach (var row in rows)
            {
                await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            }
        }
    }
}
