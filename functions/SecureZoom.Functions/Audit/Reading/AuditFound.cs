using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>A page of a trail.</summary>
/// <param name="Records">The newest first.</param>
/// <param name="Before">Where to go on: in front of this sequence; null when there is nothing older.</param>
/// <param name="LookedAt">The oldest and the newest sequence that the page is of; null where there is none.</param>
public sealed record AuditFound(IReadOnlyList<AuditRecord> Records, long? Before, LookedAt? LookedAt);
