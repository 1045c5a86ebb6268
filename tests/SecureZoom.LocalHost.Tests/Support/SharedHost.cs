namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>A host for all tests of a class, which run one after another.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    internal TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync(new Scene
    {
        HostJson = """{ "logging": { "logLevel": { "default": "Information", "Host": "Information" } } }""",
    });

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
