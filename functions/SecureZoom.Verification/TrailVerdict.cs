namespace SecureZoom.Verification;

/// <summary>What a verification found.</summary>
/// <param name="Records">How many lines were looked at.</param>
/// <param name="FirstRecordedAt">When the first of them was recorded.</param>
/// <param name="CoveredTo">The last checkpoint that agrees: nothing up to it was changed since it was signed.</param>
/// <param name="Problems">The problems, those of no record first, then by record; none when the trail is unbroken.</param>
public sealed record TrailVerdict(
    long Records, DateTimeOffset? FirstRecordedAt, Checkpoint? CoveredTo, IReadOnlyList<TrailProblem> Problems)
{
    public bool Valid => Problems.Count == 0;
}
