using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Every five minutes: records what never came, signs what is new, shows it to witnesses, and verifies a part of what is old.</summary>
public sealed class CheckpointFunction(GapSweep gaps, CheckpointSigner signer, Witnessing witnesses, PastVerification past)
{
    [Function("audit-checkpoint")]
    public async Task Sign([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await gaps.SweepAsync(cancellationToken);
        await signer.SignAllAsync(cancellationToken);
        await witnesses.RunAsync(signer.Trails, cancellationToken);
        await past.RunAsync(signer.Trails, cancellationToken);
    }
}
