namespace SecureZoom.Functions.Tests.Support;

/// <summary>A cloud for tests that take parts of it down, one after the other.</summary>
public sealed class OwnCloud : IAsyncLifetime
{
    public const string Name = "A cloud that goes down";

    public Cloud Cloud { get; } = new() { IsShared = false };

    public ValueTask InitializeAsync() => Cloud.InitializeAsync();

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();
}

/// <summary>Those tests.</summary>
[CollectionDefinition(OwnCloud.Name)]
public sealed class OutageTests : ICollectionFixture<OwnCloud>;
