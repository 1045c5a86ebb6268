namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>A locked account.</summary>
/// <param name="Sequence">The record that says so.</param>
internal sealed record LockedAccount(string? Name, DateTimeOffset Since, long Sequence);
