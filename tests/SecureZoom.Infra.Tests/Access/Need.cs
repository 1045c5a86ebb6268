namespace SecureZoom.Infra.Tests;

/// <summary>What is done at a place.</summary>
/// <param name="Place">The last two segments of the resource's id; a unique name is cut at the star.</param>
/// <param name="Reason">Who does it, and why.</param>
internal sealed record Need(string Place, Operation[] Operations, string Reason);
