using Azure.Storage.Queues;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Asks the trail's queue whether it is there.</summary>
public sealed class AuditStorageProbe(QueueClient queue)
{
    public async Task QueueAsync(CancellationToken cancellationToken) => await queue.GetPropertiesAsync(cancellationToken);
}
