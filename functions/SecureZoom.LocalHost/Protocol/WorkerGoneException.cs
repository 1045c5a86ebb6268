namespace SecureZoom.LocalHost.Protocol;

/// <summary>The worker has ended before it answered.</summary>
internal sealed class WorkerGoneException() : Exception("The worker has ended.");
