using Azure;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>How far a trail was verified again.</summary>
/// <param name="Edge">The tree of the records that were.</param>
/// <param name="ETag">The row's; null when there is none yet.</param>
internal sealed record VerificationRound(DateTimeOffset BeganAt, TreeEdge Edge, bool IsDone, ETag? ETag)
{
    /// <summary>Before the first one.</summary>
    public static VerificationRound None { get; } = new(DateTimeOffset.MinValue, TreeEdge.Empty, IsDone: true, ETag: null);

    /// <summary>What is withheld of records of this round, and no record so far explains.</summary>
    public IReadOnlyList<ErasedParts> Unexplained { get; init; } = [];

    /// <summary>Whether there was more of that than is kept: its end looks at the whole trail.</summary>
    public bool HasMore { get; init; }

    public bool IsBehind(VerificationRound other) =>
        BeganAt < other.BeganAt || (BeganAt == other.BeganAt && (Edge.Size < other.Edge.Size || (other.IsDone && !IsDone)));
}
