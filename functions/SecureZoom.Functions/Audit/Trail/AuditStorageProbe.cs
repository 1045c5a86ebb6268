using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Asks the trail's storage whether it is there.</summary>
public sealed class AuditStorageProbe(QueueClient queue, TableServiceClient tables)
{
    public async Task QueueAsync(CancellationToken cancellationToken) => await queue.GetPropertiesAsync(cancellationToken);

    /// <summary>A point read of a row that nobody writes: the least that a table can be asked.</summary>
    public async Task TablesAsync(CancellationToken cancellationToken) =>
        await tables.GetTableClient(AuditTrail.TableName).GetEntityIfExistsAsync<TableEntity>("probe", "probe", cancellationToken: cancellationToken);
}
