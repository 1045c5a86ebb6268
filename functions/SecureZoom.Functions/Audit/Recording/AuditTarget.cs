namespace SecureZoom.Functions.Audit.Recording;

/// <summary>What an action was done to.</summary>
/// <param name="Type"><c>meeting</c>, <c>audit</c>, ...</param>
/// <param name="Id">Its id, as far as it has one.</param>
/// <param name="Name">What people call it, such as a meeting's topic.</param>
public sealed record AuditTarget(string Type, string? Id = null, string? Name = null);
