namespace SecureZoom.Functions.Storage;

/// <summary>A table with sealed rows, or a partition of one.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="EndsAt">A property after whose time a row goes; rows without it stay.</param>
/// <param name="Partition">The only one whose rows are sealed all; null for the whole table.</param>
public sealed record SealedTable(string Name, string? EndsAt = null, string? Partition = null);
