namespace SecureZoom.Verification;

/// <summary>The members of a line that say where it belongs.</summary>
internal sealed record LinePlace(long Sequence, string? Organization, DateTimeOffset RecordedAt);
