namespace SecureZoom.LocalHost.Queues;

/// <summary>extensions.queues of host.json, with the host's defaults.</summary>
internal sealed record QueueOptions
{
    public int BatchSize { get; init; } = 16;

    public int? NewBatchThreshold { get; init; }

    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message whose function failed waits for its next attempt.</summary>
    public TimeSpan VisibilityTimeout { get; init; }

    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>base64</c> or <c>none</c></summary>
    public string MessageEncoding { get; init; } = "base64";
}
