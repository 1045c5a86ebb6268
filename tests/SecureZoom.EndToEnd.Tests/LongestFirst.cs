using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(SecureZoom.EndToEnd.Tests.LongestFirst))]

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Starts with what takes longest, so that the lanes end at about the same time.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
        [nameof(MeetingStories), nameof(PageStories), nameof(AccessibilityTests), nameof(TrailStories)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Rank)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var found = Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal));
        return found < 0 ? Long.Length : found;
    }
}
