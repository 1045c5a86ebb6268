using Microsoft.Extensions.Hosting;

namespace SecureZoom.Sandbox.Hosting;

/// <summary>Leaves Ctrl+C and SIGTERM to whoever started the part: the default lifetime would take them away.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
