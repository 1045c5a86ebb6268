using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Signs checkpoints every five minutes, also when nothing has happened: silence shows as well.</summary>
public sealed class CheckpointFunction(CheckpointSigner signer)
{
    [Function("audit-checkpoint")]
    public Task Sign([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        signer.SignAllAsync(cancellationToken);
}
