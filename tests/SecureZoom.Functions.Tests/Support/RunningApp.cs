using Microsoft.Extensions.Hosting;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>An app that runs already, as a command opens one; it goes on behind the command.</summary>
internal sealed class RunningApp(IServiceProvider services) : IHost
{
    public IServiceProvider Services => services;

    public void Dispose()
    {
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
