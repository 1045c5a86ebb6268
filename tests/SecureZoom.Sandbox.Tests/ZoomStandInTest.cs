using SecureZoom.Sandbox.Zoom;

namespace SecureZoom.Sandbox.Tests;

/// <summary>Tests with a Zoom of their own, and a client that has a token.</summary>
public abstract class ZoomStandInTest : IAsyncLifetime
{
    private protected ZoomStandIn _zoom = null!;
    private protected ZoomClient _client = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _zoom = await ZoomStandIn.StartAsync(ZoomClient.Options, Cancellation);
        _client = new ZoomClient(_zoom);
        await _client.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _zoom.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
