namespace SecureZoom.Functions.Authorization;

/// <summary>Where a request came from, as far as the request tells.</summary>
public sealed record RequestClient(string? Ip, string? UserAgent, string? RequestId);
