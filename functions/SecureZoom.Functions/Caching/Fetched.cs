namespace SecureZoom.Functions.Caching;

/// <summary>A value and the moment that its fetch began, so that it knows of everything before.</summary>
internal sealed record Fetched<T>(T Value, DateTimeOffset AsOf)
{
    public override string ToString() => nameof(Fetched<T>);
}
