namespace SecureZoom.Functions.Health;

/// <summary>
/// The answer of <c>GET /api/health</c>: <c>ok</c>, or <c>down</c> with the parts that are; and what works, but wants an operator's look.
/// </summary>
public sealed record HealthResponse(string Status, IReadOnlyList<string>? Down = null, IReadOnlyList<string>? Attention = null);
