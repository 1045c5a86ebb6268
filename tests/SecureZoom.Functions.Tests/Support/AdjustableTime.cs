namespace SecureZoom.Functions.Tests.Support;

/// <summary>A clock that runs as the system's does, and can be put on.</summary>
public sealed class AdjustableTime : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
