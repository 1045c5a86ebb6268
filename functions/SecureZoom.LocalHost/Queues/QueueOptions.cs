namespace SecureZoom.LocalHost.Queues;

/// <summary><c>extensions.queues</c> of host.json with the host's defaults; the threshold's: half the batch.</summary>
/// <param name="VisibilityTimeout">How long a message whose function failed waits for its next attempt.</param>
internal sealed record QueueOptions(
    int BatchSize = 16, int? NewBatchThreshold = null, int MaxDequeueCount = 5, TimeSpan VisibilityTimeout = default,
    TimeSpan? MaxPollingInterval = null, string MessageEncoding = "base64");
