namespace SecureZoom.Functions.Audit;

/// <summary>Where a request came from, as far as the request tells.</summary>
public sealed record AuditClient(string? Ip, string? UserAgent, string? RequestId);
