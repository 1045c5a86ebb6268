using System.Text.RegularExpressions;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>The README's tree and the picture of the app's folders name what is on the disk, all of it, each with a line.</summary>
public sealed partial class TreeTests
{
    private static readonly string[] Made = ["bin", "obj", "node_modules", "dist", ".git", ".build", ".sandbox", ".vs", ".vscode", ".idea"];

    /// <summary>Of one file that is written by hand.</summary>
    private const int MostLines = 300;

    [Fact]
    public void The_README_has_a_line_for_every_folder()
    {
        var top = Folders("").Where(folder => folder is not ("functions" or "tests"));
        var below = Folders("functions").Concat(Folders("tests"));

        Assert.Equal(top.Concat(below).Order(StringComparer.Ordinal), Named().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_architecture_has_a_row_for_every_folder_of_the_app()
    {
        var app = Folders("functions/SecureZoom.Functions")
            .SelectMany(folder => Folders($"functions/SecureZoom.Functions/{folder}").Select(room => $"{folder}.{room}").Append(folder));
        var rows = Row().Matches(File.ReadAllText(Repository.PathOf("docs/architecture.md"))).Select(row => row.Groups[1].Value);

        Assert.Equal(app.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_file_is_too_long_to_be_read_in_one_go()
    {
        string[] sources = [".cs", ".ts", ".tsx", ".mjs", ".cjs", ".js", ".sh", ".bicep", ".css"];
        var tooLong =
            from path in Files(Repository.PathOf(""))
            let file = Path.GetRelativePath(Repository.PathOf(""), path)
            where sources.Contains(Path.GetExtension(path)) || file.StartsWith("script", StringComparison.Ordinal)
            where Path.GetFileName(path) != "schema.d.ts"
            let lines = File.ReadLines(path).Count()
            where lines > MostLines
            select $"{file}: {lines}";

        Assert.Empty(tooLong);
    }

    /// <summary>The folders of the README's tree that have a description; several of one line are separated by commas.</summary>
    private static IEnumerable<string> Named() =>
        from line in Tree().Match(File.ReadAllText(Repository.PathOf("README.md"))).Groups[1].Value.Split('\n')
        let parts = Described().Match(line)
        where parts.Success
        from folder in parts.Groups[1].Value.Split(", ")
        select folder.TrimEnd('/');

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(inner => !Made.Contains(Path.GetFileName(inner))).SelectMany(Files));

    private static IEnumerable<string> Folders(string parent) =>
        from path in Directory.EnumerateDirectories(Repository.PathOf(parent))
        let name = Path.GetFileName(path)
        where !Made.Contains(name) && Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Any()
        select name;

    [GeneratedRegex(@"## The tree\n\n```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Tree();

    [GeneratedRegex(@"^ *([^\s,]+(?:, [^\s,]+)*) +\S+ ")]
    private static partial Regex Described();

    [GeneratedRegex(@"^\| `([A-Z][\w.]*)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
