namespace SecureZoom.LocalHost.Protocol;

/// <summary>Gives the worker that runs now; waits while one is being started.</summary>
/// <exception cref="WorkerGoneException">There will be none any more.</exception>
internal delegate Task<WorkerChannel> WorkerSource(CancellationToken cancellationToken);
