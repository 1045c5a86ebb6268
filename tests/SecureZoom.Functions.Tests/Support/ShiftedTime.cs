namespace SecureZoom.Functions.Tests.Support;

/// <summary>A clock that runs as the system's does, ahead of it.</summary>
public sealed class ShiftedTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
