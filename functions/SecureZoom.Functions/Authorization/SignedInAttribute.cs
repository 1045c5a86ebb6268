namespace SecureZoom.Functions.Authorization;

/// <summary>Open to whoever has a valid token, also without an organisation.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SignedInAttribute : AccessAttribute;
