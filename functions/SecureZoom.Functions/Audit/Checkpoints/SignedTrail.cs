using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>How far a trail is signed.</summary>
/// <param name="Number">The number in front of the next free one: the last checkpoint's, or what garbage without a gap behind it has; 0 when there is none.</param>
/// <param name="Checkpoint">The last genuine one; null when there is none.</param>
/// <param name="Garbage">How many behind that one are none.</param>
public sealed record SignedTrail(long Number, TrailCheckpoint? Checkpoint, long Garbage = 0)
{
    /// <summary>As it is once this checkpoint is kept.</summary>
    public static SignedTrail Of(long number, CheckpointFile file, TrustedKeys trusted) =>
        new(number, TrailCheckpoint.TryOpen(file, trusted.Pins, out var checkpoint, out _) ? checkpoint : null);
}
