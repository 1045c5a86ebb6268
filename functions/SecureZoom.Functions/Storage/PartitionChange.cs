using Azure.Data.Tables;

namespace SecureZoom.Functions.Storage;

/// <summary>What changes in a partition, all or none.</summary>
/// <param name="Written">Rows, by their keys, in the place of those that there are.</param>
/// <param name="Removed">Keys of rows that go: <see cref="MostRemoved"/> at the most.</param>
public sealed record PartitionChange(IReadOnlyList<TableEntity> Written, IReadOnlyList<string> Removed)
{
    /// <summary>The most rows that one change takes out, by itself or as their time has come: a transaction has 100 operations.</summary>
    public const int MostRemoved = 50;

    /// <summary>Nothing to do.</summary>
    public static PartitionChange None { get; } = new([], []);
}
