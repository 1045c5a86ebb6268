namespace SecureZoom.Functions.Storage;

/// <summary>A table with sealed rows.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="EndsAt">A property after whose time a row goes; rows without it stay.</param>
public sealed record SealedTable(string Name, string? EndsAt = null);
