using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>Each package that is restored is the one whose hash was committed, wherever it comes from.</summary>
public sealed class LockTests
{
    public static TheoryData<string> Projects =>
    [
        .. ((string[])["functions", "tests"])
            .SelectMany(folder => Directory.EnumerateDirectories(Repository.PathOf(folder)))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
            .Select(file => Path.GetRelativePath(Repository.PathOf("."), file))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_has_a_lock_file_of_hashes_that_names_no_place(string project)
    {
        var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Repository.PathOf(project))!, "packages.lock.json"));
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);

        var packages = JsonDocument.Parse(text).RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .ToList();
        Assert.All(packages, package => Assert.Equal(64, Convert.FromBase64String(package.Value.GetProperty("contentHash").GetString()!).Length));
        var asked = XDocument.Load(Repository.PathOf(project)).Descendants("PackageReference").Select(reference => (string?)reference.Attribute("Include")).OfType<string>();
        Assert.Empty(asked.Except(packages.Select(package => package.Name), StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void CI_takes_no_other()
    {
        var locked = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("RestoreLockedMode").Single();
        Assert.Equal("'$(CI)' != '' or '$(SECUREZOOM_LOCKED)' != ''", (string?)locked.Attribute("Condition"));
        Assert.Contains("SECUREZOOM_LOCKED=true exec", File.ReadAllText(Repository.PathOf(".ci/run")), StringComparison.Ordinal);
    }
}
