namespace SecureZoom.Verification;

/// <summary>What a verification found.</summary>
/// <param name="Records">How many records were looked at.</param>
/// <param name="Size">The last record's sequence.</param>
/// <param name="FirstRecordedAt">When the first of them was recorded.</param>
/// <param name="LastRecordedAt">When the last of them was recorded.</param>
/// <param name="CoveredTo">The last checkpoint that agrees: of what is in front of it, only what <paramref name="Problems"/> names was changed.</param>
/// <param name="Problems">The problems, those of no record first, then by record; none when the trail is unbroken.</param>
public sealed record TrailVerdict(
    long Records, long Size, DateTimeOffset? FirstRecordedAt, DateTimeOffset? LastRecordedAt, TrailCheckpoint? CoveredTo, IReadOnlyList<TrailProblem> Problems)
{
    /// <summary>What pinned witnesses have seen: of each its newest checkpoint that agrees.</summary>
    public IReadOnlyList<TrailWitness> Witnesses { get; init; } = [];

    /// <summary>What was destroyed in it.</summary>
    public TrailErasures Erased { get; init; } = TrailErasures.None;

    /// <summary>What was let go of its beginning; null where nothing was, or it was not asked for from there.</summary>
    public TrailCut? Cut { get; init; }

    public bool Valid => Problems.Count == 0;
}
