namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>What somebody should look at.</summary>
/// <param name="Code">One of <see cref="AttentionCodes"/>.</param>
/// <param name="Person">The person's key.</param>
/// <param name="Name">As a verified sign-in said.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Sequence">The record that shows it.</param>
public sealed record SummaryAttention(string Code, string Person, string? Name, string? Ip, DateTimeOffset Time, long Sequence);
