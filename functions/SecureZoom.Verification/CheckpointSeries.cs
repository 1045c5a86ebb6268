namespace SecureZoom.Verification;

/// <summary>Checkpoints of one log in the order in which they were signed, each genuine, by a trusted key, with a higher number and no smaller than the one before.</summary>
public sealed class CheckpointSeries
{
    private CheckpointSeries(IReadOnlyList<TrailCheckpoint> checkpoints, IReadOnlyList<TrailProblem> problems)
    {
        Checkpoints = checkpoints;
        Problems = problems;
    }

    /// <summary>Those that hold; garbage among them is a problem and stepped over.</summary>
    public IReadOnlyList<TrailCheckpoint> Checkpoints { get; }

    public IReadOnlyList<TrailProblem> Problems { get; }

    /// <param name="files">The oldest first.</param>
    /// <param name="trusted">See <see cref="TrailCheckpoint.TryOpen"/>.</param>
    public static CheckpointSeries Read(IEnumerable<CheckpointFile> files, IReadOnlyCollection<string> trusted)
    {
        var checkpoints = new List<TrailCheckpoint>();
        var problems = new List<TrailProblem>();
        long number = 0;
        foreach (var (file, index) in files.Select((file, index) => (file, index)))
        {
            if (!TrailCheckpoint.TryOpen(file, trusted, out var checkpoint, out var whatIsWrong))
            {
                problems.Add(new TrailProblem(TrailProblems.BadCheckpoint, null, $"Checkpoint {index + 1} {whatIsWrong}."));
            }
            else if (checkpoint.Number <= number && checkpoints.Any(before => before.Number == checkpoint.Number && before.Head.Equals(checkpoint.Head)))
            {
                problems.Add(new TrailProblem(TrailProblems.BadCheckpoint, null, $"Checkpoint {index + 1} is a copy of an earlier one."));
            }
            else if (checkpoint.Number <= number || (checkpoints is [.., var before] && !Follows(before, checkpoint)))
            {
                problems.Add(new TrailProblem(
                    TrailProblems.Fork, null, $"Checkpoint {index + 1} does not go on from the one in front of it: two trails were signed."));
            }
            else
            {
                checkpoints.Add(checkpoint);
                number = checkpoint.Number ?? number;
            }
        }

        return new CheckpointSeries(checkpoints, problems);
    }

    /// <summary>The checkpoints of the trail as it was no larger than this.</summary>
    public CheckpointSeries UpTo(long size) => new([.. Checkpoints.Where(checkpoint => checkpoint.Head.Size <= size)], Problems);

    private static bool Follows(TrailCheckpoint before, TrailCheckpoint checkpoint) =>
        checkpoint.Log == before.Log
        && (checkpoint.Head.Size > before.Head.Size || checkpoint.Head.Equals(before.Head))
        && !(checkpoint.SignedAt < before.SignedAt);
}
