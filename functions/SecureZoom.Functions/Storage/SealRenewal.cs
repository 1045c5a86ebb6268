using Azure.Data.Tables;

namespace SecureZoom.Functions.Storage;

/// <summary>
/// Looks at every sealed row: seals anew what an earlier key has sealed, so that the key can go; finds what nobody has sealed; and takes
/// away what has ended.
/// </summary>
public sealed class SealRenewal(
    IEnumerable<SealedTable> sealedTables, IEnumerable<CachedPartition> partitions, TableServiceClient tables, RowSeal seal, TimeProvider time)
{
    /// <exception cref="AggregateException">What was left for tomorrow, and why; all the rest is done.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var (name, endsAt, partition) in sealedTables)
        {
            var table = tables.GetTableClient(name);
            var filter = partition is null ? null : TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
            await TryAsync(async () =>
            {
                await foreach (var row in table.QueryRowsAsync(filter, cancellationToken: cancellationToken))
                {
                    await TryAsync(() => RenewAsync(table, row, endsAt, cancellationToken));
                }
            });
        }

        foreach (var partition in partitions)
        {
            await TryAsync(() => ForgetAsync(partition, cancellationToken));
        }

        if (failures.Count > 0)
        {
            throw new AggregateException("Some rows could not be looked at.", failures);
        }

        async Task TryAsync(Func<Task> renew)
        {
            try
            {
                await renew();
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(exception);
            }
        }
    }

    /// <summary>Takes away what nothing has changed beside since its time came: only all rows of a partition together tell that none is missing.</summary>
    private async Task ForgetAsync(CachedPartition partition, CancellationToken cancellationToken)
    {
        List<string> over = [];
        do
        {
            await partition.ChangeAsync(
                rows =>
                {
                    over = [.. rows.Values.Where(row => PartitionContents.MayGo(row, time.GetUtcNow())).Select(row => row.RowKey).Take(PartitionChange.MostRemoved)];
                    return new PartitionChange([], over);
                },
                cancellationToken);
        }
        while (over.Count == PartitionChange.MostRemoved);
    }

    private async Task RenewAsync(TableClient table, TableEntity row, string? endsAt, CancellationToken cancellationToken)
    {
        // A row that was changed meanwhile is sealed by the current key with that.
        var state = await seal.CheckAsync(table.Name, row, cancellationToken);
        if (state != SealState.Wrong && endsAt is not null && row.GetDateTimeOffset(endsAt) <= time.GetUtcNow())
        {
            await table.TryDeleteRowAsync(row, cancellationToken);
        }
        else if (state == SealState.Earlier)
        {
            await seal.SealAsync(table.Name, row, cancellationToken);
            await table.TryUpdateRowAsync(row, cancellationToken);
        }
    }
}
