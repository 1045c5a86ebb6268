namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>A scoped service that knows which one it is.</summary>
public sealed class Scoped : IDisposable
{
    public Guid Id { get; } = Guid.NewGuid();

    public bool Disposed { get; private set; }

    public void Dispose() => Disposed = true;
}
