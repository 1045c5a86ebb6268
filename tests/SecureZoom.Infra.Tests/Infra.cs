namespace SecureZoom.Infra.Tests;

/// <summary>The folder of the templates.</summary>
internal static class Infra
{
    /// <summary>The sizes of an environment. Without being told, a deployment takes the first.</summary>
    internal static readonly string[] Sizes = ["development", "production"];

    internal const string ParameterFile = "main.bicepparam";

    /// <summary>What a template loads.</summary>
    internal const string Workbook = "modules/workbook.json";

    internal static string Folder => Repository.PathOf("infra");

    internal static string PathOf(string file) => Path.GetFullPath(Path.Combine(Folder, file));

    /// <summary>Every Bicep file, as a path below the folder.</summary>
    internal static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Folder, "*.bicep*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".bicep" or ".bicepparam")
            .Select(file => Path.GetRelativePath(Folder, file))
            .Order(StringComparer.Ordinal);

    internal static IEnumerable<(string Name, string Value)> ExampleEnvironment() =>
        from line in File.ReadLines(PathOf("example.env"))
        where !line.StartsWith('#')
        let parts = line.Split('=', 2)
        select (parts[0], parts[1].Trim('\''));
}
