namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Which records were looked through, by their sequences.</summary>
/// <param name="From">The oldest.</param>
/// <param name="To">The newest.</param>
public sealed record LookedAt(long From, long To);
