[assembly: AssemblyFixture(typeof(SecureZoom.Functions.Tests.Support.QuietCloud))]

namespace SecureZoom.Functions.Tests.Support;

/// <summary>
/// A cloud for apps that have a Zoom of their own. They share a queue, and an app that took another's event would look for its meeting in
/// the wrong Zoom; so no Zoom here tells of changes.
/// </summary>
public sealed class QuietCloud : IAsyncLifetime
{
    public Cloud Cloud { get; } = new();

    public ValueTask InitializeAsync() => Cloud.InitializeAsync();

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();
}
