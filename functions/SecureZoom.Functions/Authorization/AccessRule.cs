namespace SecureZoom.Functions.Authorization;

/// <summary>What a function declared: who may call it, and how often; no limit where everybody may.</summary>
internal sealed record AccessRule(AccessAttribute Access, LimitAttribute? Limit);
