namespace SecureZoom.Infra.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    internal static string PathOf(string file) => Path.GetFullPath(Path.Combine(Bicep.Metadata("RepositoryFolder"), file));
}
