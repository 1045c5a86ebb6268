using Azure;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Where a trail ends.</summary>
/// <param name="Edge">Its tree.</param>
/// <param name="RecordedAt">The last record's time.</param>
/// <param name="ETag">The row's; null when there is none yet.</param>
/// <param name="HasOldSeal">Whether it is sealed with a key that is not the current one.</param>
public sealed record TrailHead(TreeEdge Edge, DateTimeOffset RecordedAt, ETag? ETag, bool HasOldSeal = false)
{
    public static TrailHead None { get; } = new(TreeEdge.Empty, DateTimeOffset.MinValue, ETag: null);

    /// <summary>The last record's sequence; 0 when there is none.</summary>
    public long Size => Edge.Size;
}
