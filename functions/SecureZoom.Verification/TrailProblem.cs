namespace SecureZoom.Verification;

/// <summary>Something that is wrong with a trail.</summary>
/// <param name="Code">One of <see cref="TrailProblems"/>.</param>
/// <param name="Sequence">The first record that is wrong or missing, where it can be told.</param>
/// <param name="Detail">The same for a person.</param>
public sealed record TrailProblem(string Code, long? Sequence, string Detail);

/// <summary>The codes of problems, the same in the server's answer, the offline tool and the site.</summary>
public static class TrailProblems
{
    /// <summary>What stands in a record's place is no record.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The record is not one of this log at this place.</summary>
    public const string Misplaced = "misplaced";

    /// <summary>The record is not the one that the log committed to.</summary>
    public const string Changed = "changed";

    /// <summary>Two records are of the same event.</summary>
    public const string Twice = "twice";

    /// <summary>The record says that it was written down before the one in front of it, or later than now.</summary>
    public const string Time = "time";

    /// <summary>Records are not there that a checkpoint, the head or the export's own count names.</summary>
    public const string Missing = "missing";

    /// <summary>A checkpoint is not genuine, or not signed by a pinned key.</summary>
    public const string BadCheckpoint = "bad_checkpoint";

    /// <summary>Two checkpoints contradict each other.</summary>
    public const string Fork = "fork";

    /// <summary>The newest checkpoint is older than it can be: nobody signs any more.</summary>
    public const string NotSigned = "not_signed";

    /// <summary>Parts of the record are destroyed, and no record behind it says that they were to be.</summary>
    public const string ErasedWithoutRecord = "erased_without_record";

    /// <summary>The record does not carry our MAC: it was not written by the app.</summary>
    public const string NotOurs = "not_ours";

    /// <summary>The trail's head is not sealed by us, or does not agree with its records.</summary>
    public const string Head = "head";
}
