using SecureZoom.Sandbox.Storage;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>Azurite for all tests of a class, with its data in memory.</summary>
public sealed class Store : IAsyncLifetime
{
    public Azurite Azurite { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Azurite = await Azurite.StartAsync(new AzuriteOptions { Queues = [] }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Azurite.DisposeAsync();
}
