using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.Functions.Storage;

/// <summary>Renews seals once a day.</summary>
public sealed class SealRenewalFunction(SealRenewal renewal)
{
    [Function("storage-seals")]
    public Task Renew([TimerTrigger("0 30 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        renewal.RenewAsync(cancellationToken);
}
