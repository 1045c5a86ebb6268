namespace SecureZoom.EndToEnd.Tests;

/// <summary>What every page shows, the room with the real SDK among them: they run one after another on one product, and none minds what the others leave behind.</summary>
public sealed class PageStories : ICollectionFixture<Product>;
