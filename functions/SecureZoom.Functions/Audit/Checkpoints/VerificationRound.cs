using Azure;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>How far a trail was verified again.</summary>
/// <param name="Edge">The tree of the records that were.</param>
/// <param name="ETag">The row's; null when there is none yet.</param>
internal sealed record VerificationRound(DateTimeOffset BeganAt, TreeEdge Edge, bool IsDone, ETag? ETag)
{
    /// <summary>Before the first one.</summary>
    public static VerificationRound None { get; } = new(DateTimeOffset.MinValue, TreeEdge.Empty, IsDone: true, ETag: null);

    public bool IsBehind(VerificationRound other) =>
        BeganAt < other.BeganAt || (BeganAt == other.BeganAt && (Edge.Size < other.Edge.Size || (other.IsDone && !IsDone)));
}
