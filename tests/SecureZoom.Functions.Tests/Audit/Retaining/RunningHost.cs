using Microsoft.Extensions.Hosting;

namespace SecureZoom.Functions.Tests.Audit.Retaining;

/// <summary>An app that runs, as a command opens one; it goes on behind the command.</summary>
internal sealed class RunningHost(IServiceProvider services) : IHost
{
    public IServiceProvider Services => services;

    public void Dispose()
    {
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
