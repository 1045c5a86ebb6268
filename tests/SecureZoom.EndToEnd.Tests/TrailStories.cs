namespace SecureZoom.EndToEnd.Tests;

/// <summary>What the trail keeps, whatever is done to it: they run one after another on one product, and none minds what the others leave behind.</summary>
public sealed class TrailStories : ICollectionFixture<Product>;
