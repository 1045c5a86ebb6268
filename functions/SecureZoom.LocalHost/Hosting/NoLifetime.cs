namespace SecureZoom.LocalHost.Hosting;

/// <summary>For hosts inside the host: the process has one lifetime, and signals are for its Main.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
