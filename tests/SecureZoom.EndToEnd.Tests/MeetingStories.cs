namespace SecureZoom.EndToEnd.Tests;

/// <summary>Who hosts and joins, and who is told why not: they run one after another on one product, and none minds what the others leave behind.</summary>
public sealed class MeetingStories : ICollectionFixture<Product>;
