namespace SecureZoom.Functions.Tests.Storage;

/// <summary>A request to one of Azure's services.</summary>
/// <param name="Place">The service and the resource, such as <c>table audit</c>.</param>
/// <param name="Operations">What it asks for, as the service's REST reference names it; a transaction of a table asks for several.</param>
/// <param name="Cause">What the app did it for: the function's name for one that no request triggers.</param>
internal sealed record SentRequest(string Place, IReadOnlyList<string> Operations, string? Cause);
