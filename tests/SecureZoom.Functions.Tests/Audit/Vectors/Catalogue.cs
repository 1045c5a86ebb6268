namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>What was tried on trails, and trails on which nothing was: those of <c>trails.json</c>.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<VectorCase> All { get; } = [.. RecordCases.All, .. CheckpointCases.All, .. ErasureCases.All, .. CutCases.All];

    /// <summary>Whatever is to be found in one of them.</summary>
    public static IReadOnlySet<string> Codes { get; } = All.SelectMany(trail => trail.Codes).ToHashSet(StringComparer.Ordinal);
}
