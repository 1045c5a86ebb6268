using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Indexing;
using SecureZoom.Functions.Audit.Summaries;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Every five minutes: records what never came, erases whose time has come, signs what is new, shows it to witnesses, indexes and counts it, verifies a part of what is old, and lets go of what is older.</summary>
public sealed class CheckpointFunction(GapSweep gaps, PersonErasure erasures, CheckpointSigner signer, Witnessing witnesses, TrailIndexer index, SummaryWriter summaries, PastVerification past, TrailRetention retention, TrailFindings findings)
{
    [Function("audit-checkpoint")]
    public async Task Sign([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await gaps.SweepAsync(cancellationToken);
        await erasures.RunAsync(cancellationToken);
        await signer.SignAllAsync(cancellationToken);
        await witnesses.RunAsync(signer.Trails, cancellationToken);
        await index.RunAsync(signer.Sizes, cancellationToken);
        await summaries.RunAsync(signer.Sizes, cancellationToken);
        await past.RunAsync(signer.Trails, cancellationToken);
        await retention.RunAsync(signer.Trails, cancellationToken);
        await findings.RemindAsync(cancellationToken);
    }
}
