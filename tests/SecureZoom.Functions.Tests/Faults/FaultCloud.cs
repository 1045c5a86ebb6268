using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Faults;

/// <summary>A cloud for apps that see it through doors, and one that sees it as it is and takes what waits on the queue.</summary>
public sealed class FaultCloud : IAsyncLifetime
{
    public Cloud Cloud { get; } = new() { IsShared = false };

    /// <summary>The app that reads the trail.</summary>
    public App Reader { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Cloud.InitializeAsync();
        Reader = await App.StartAsync(Cloud);
    }

    public async ValueTask DisposeAsync()
    {
        await Reader.DisposeAsync();
        await Cloud.DisposeAsync();
    }
}
