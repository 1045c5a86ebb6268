using Azure;
using Azure.Data.Tables;

namespace SecureZoom.Functions.Storage;

/// <summary>
/// Looks at every sealed row: seals anew what an earlier key has sealed, so that the key can go; finds what nobody has sealed; and takes
/// away what has ended.
/// </summary>
public sealed class SealRenewal(IEnumerable<SealedTable> sealedTables, TableServiceClient tables, RowSeal seal, TimeProvider time)
{
    private const int NotFound = 404;
    private const int PreconditionFailed = 412;

    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, endsAt) in sealedTables)
        {
            var table = tables.GetTableClient(name);
            await foreach (var row in table.QueryRowsAsync(filter: null, cancellationToken: cancellationToken))
            {
                await RenewAsync(table, row, endsAt, cancellationToken);
            }
        }
    }

    private async Task RenewAsync(TableClient table, TableEntity row, string? endsAt, CancellationToken cancellationToken)
    {
        var state = await seal.CheckAsync(table.Name, row, cancellationToken);
        try
        {
            if (state != SealState.Wrong && endsAt is not null && row.GetDateTimeOffset(endsAt) <= time.GetUtcNow())
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
            }
            else if (state == SealState.Earlier)
            {
                await seal.SealAsync(table.Name, row, cancellationToken);
                await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken);
            }
        }
        catch (RequestFailedException exception) when (exception.Status is NotFound or PreconditionFailed)
        {
            // Changed meanwhile, and with that sealed by the current key.
        }
    }
}
