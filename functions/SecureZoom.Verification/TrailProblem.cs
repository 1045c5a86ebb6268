namespace SecureZoom.Verification;

/// <summary>Something that is wrong with a trail.</summary>
/// <param name="Kind">One of <see cref="TrailProblems"/>.</param>
/// <param name="Sequence">The first record that is wrong or missing, where it can be told.</param>
/// <param name="Detail">The same for a person.</param>
public sealed record TrailProblem(string Kind, long? Sequence, string Detail);

/// <summary>The kinds of problems.</summary>
public static class TrailProblems
{
    /// <summary>The line is not a record of this trail at this place.</summary>
    public const string Misplaced = "misplaced";

    /// <summary>The record is not the one that a checkpoint covers.</summary>
    public const string Changed = "changed";

    /// <summary>A checkpoint covers records that are not there.</summary>
    public const string Missing = "missing";

    /// <summary>A checkpoint is not genuine, or not signed by a pinned key.</summary>
    public const string BadCheckpoint = "bad_checkpoint";

    /// <summary>A checkpoint between two others is not there.</summary>
    public const string MissingCheckpoint = "missing_checkpoint";

    /// <summary>The record does not carry our MAC: it was not written by the app.</summary>
    public const string NotOurs = "not_ours";

    /// <summary>The trail's head does not agree with its records.</summary>
    public const string Head = "head";
}
