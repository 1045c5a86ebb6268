namespace SecureZoom.Verification;

/// <summary>Checkpoints in the order in which they were signed, each genuine, by a trusted key, and naming the one before.</summary>
public sealed class CheckpointSeries
{
    private CheckpointSeries(IReadOnlyList<SignedCheckpoint> checkpoints, IReadOnlyList<TrailProblem> problems)
    {
        Checkpoints = checkpoints;
        Problems = problems;
    }

    /// <summary>Those that hold; what comes after a gap holds too, but the gap is a problem.</summary>
    public IReadOnlyList<SignedCheckpoint> Checkpoints { get; }

    public IReadOnlyList<TrailProblem> Problems { get; }

    /// <param name="compact">Checkpoints in their compact form, the oldest first.</param>
    /// <param name="trusted">The thumbprints of the keys that are trusted.</param>
    public static CheckpointSeries Read(IEnumerable<string> compact, IReadOnlyCollection<string> trusted)
    {
        var checkpoints = new List<SignedCheckpoint>();
        var problems = new List<TrailProblem>();
        foreach (var (jws, index) in compact.Select((jws, index) => (jws, index)))
        {
            if (!SignedCheckpoint.TryRead(jws, out var checkpoint))
            {
                problems.Add(new TrailProblem(TrailProblems.BadCheckpoint, null, $"Checkpoint {index + 1} is not genuine."));
            }
            else if (!trusted.Contains(checkpoint.Key.Thumbprint))
            {
                problems.Add(new TrailProblem(
                    TrailProblems.BadCheckpoint, null, $"Checkpoint {index + 1} is signed by {checkpoint.Key.Thumbprint}, which is not pinned."));
            }
            else
            {
                Follow(checkpoints.LastOrDefault(), checkpoint, index, problems);
                checkpoints.Add(checkpoint);
            }
        }

        return new CheckpointSeries(checkpoints, problems);
    }

    /// <summary>The checkpoints that cover no record behind a sequence.</summary>
    public CheckpointSeries UpTo(long sequence) =>
        new([.. Checkpoints.Where(checkpoint => checkpoint.Statement.Sequence <= sequence)], Problems);

    private static void Follow(SignedCheckpoint? before, SignedCheckpoint checkpoint, int index, List<TrailProblem> problems)
    {
        if (before is null)
        {
            return;
        }

        if (checkpoint.Statement.Organization != before.Statement.Organization
            || checkpoint.Statement.Sequence < before.Statement.Sequence
            || checkpoint.Statement.Previous != before.Digest)
        {
            problems.Add(new TrailProblem(
                TrailProblems.MissingCheckpoint, null, $"Checkpoint {index + 1} does not follow the one in front of it: one is missing or changed."));
        }
    }
}
