namespace SecureZoom.Functions.Meetings;

/// <summary>The answer of <c>GET /api/meetings/{id}/status</c>: <c>waiting</c>, <c>started</c> or <c>ended</c>.</summary>
public sealed record StatusAnswer(string Status);
