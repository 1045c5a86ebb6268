namespace SecureZoom.Functions.Health;

/// <summary>The answer of <c>GET /api/health</c>: <c>ok</c>, or <c>down</c> with the parts that are.</summary>
public sealed record HealthAnswer(string Status, IReadOnlyList<string>? Down = null);
