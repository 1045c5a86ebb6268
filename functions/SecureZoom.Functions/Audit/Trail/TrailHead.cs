using Azure;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>The stored end of a chain.</summary>
/// <param name="ETag">The row's; null when there is none yet.</param>
internal sealed record TrailHead(long Sequence, byte[] Hash, DateTimeOffset RecordedAt, ETag? ETag);
