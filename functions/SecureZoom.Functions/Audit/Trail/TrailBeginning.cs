using Azure;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Where a trail begins now.</summary>
/// <param name="Edge">The tree of the records in front, which were let go.</param>
/// <param name="Authority">The record that says so.</param>
/// <param name="GoneTo">The last of them that is gone: those behind it go a little later, for somebody may be reading them.</param>
/// <param name="SaidAt">Since when it begins there.</param>
/// <param name="HasLeft">Whether the organisation has left: nothing is to come.</param>
/// <param name="Tag">The row's; null when there is none.</param>
internal sealed record TrailBeginning(TreeEdge Edge, long Authority, long GoneTo, DateTimeOffset SaidAt, bool HasLeft, ETag? Tag)
{
    public static TrailBeginning None { get; } = new(TreeEdge.Empty, 0, 0, DateTimeOffset.MinValue, HasLeft: false, Tag: null);

    /// <summary>How many records were let go.</summary>
    public long Size => Edge.Size;
}
