namespace SecureZoom.Verification;

/// <summary>That a trail's first records were let go.</summary>
/// <param name="Last">The last of them.</param>
/// <param name="By">The record that says so; null where it may stand behind what was looked at.</param>
/// <param name="IsProved">Whether that is proved to be in the log.</param>
public sealed record TrailCut(long Last, long? By, bool IsProved);
