namespace SecureZoom.Sandbox.Storage;

/// <summary>How Azurite is started. Ports of 0 are free ones.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The blob service's port on 127.0.0.1.</summary>
    public int BlobPort { get; init; }

    /// <summary>The queue service's port on 127.0.0.1.</summary>
    public int QueuePort { get; init; }

    /// <summary>The table service's port on 127.0.0.1.</summary>
    public int TablePort { get; init; }

    /// <summary>Where the data is kept; null to keep it in memory, which ends with the process.</summary>
    public string? Folder { get; init; }

    /// <summary>The queues that it starts with: the trigger's, which in Azure the template makes and nobody after it.</summary>
    public IReadOnlyList<string> Queues { get; init; } = ["audit-events"];
}
