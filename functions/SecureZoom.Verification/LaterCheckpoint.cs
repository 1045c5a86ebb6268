namespace SecureZoom.Verification;

/// <summary>A checkpoint of a larger tree than a part of a trail leads to, and what leads on from there.</summary>
/// <param name="Path">The consistency proof (RFC 9162, 2.1.4) from the part's last record to the checkpoint's.</param>
public sealed record LaterCheckpoint(TrailCheckpoint Checkpoint, IReadOnlyList<byte[]> Path);
