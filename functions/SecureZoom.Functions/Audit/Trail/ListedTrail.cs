namespace SecureZoom.Functions.Audit.Trail;

/// <summary>A trail as it is listed.</summary>
/// <param name="ChangedAt">A hint: nothing was appended later than <see cref="TrailList.Interval"/> after it; null where the list does not say.</param>
public sealed record ListedTrail(string Organization, DateTimeOffset? ChangedAt);
