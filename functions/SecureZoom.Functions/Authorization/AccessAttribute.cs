namespace SecureZoom.Functions.Authorization;

/// <summary>Who may call a function. Every HTTP function declares it: one that does not stops the start.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class AccessAttribute : Attribute;
