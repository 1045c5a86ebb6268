using Microsoft.Extensions.Hosting;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>The app that runs already, which nobody ends.</summary>
internal sealed class RunningApp(IServiceProvider services) : IHost
{
    public IServiceProvider Services => services;

    public void Dispose()
    {
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
