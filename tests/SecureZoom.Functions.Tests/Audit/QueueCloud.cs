using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>A cloud for tests of the queue: a sweep whose clock is put on would miss what others have under way.</summary>
public sealed class QueueCloud : IAsyncLifetime
{
    public Cloud Cloud { get; } = new();

    public ValueTask InitializeAsync() => Cloud.InitializeAsync();

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();
}
