namespace SecureZoom.Functions.Tests.Support;

/// <summary>A cloud for tests of the queue: a sweep whose clock is put on would miss what others have under way.</summary>
public sealed class QueueCloud : IAsyncLifetime
{
    public Cloud Cloud { get; } = new() { IsShared = false };

    public ValueTask InitializeAsync() => Cloud.InitializeAsync();

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();
}
