using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace SecureZoom.Infra.Tests;

/// <summary>What azd reads names what is there.</summary>
public sealed partial class AzureYamlTests(Bicep bicep)
{
    private readonly YamlMappingNode _project = Yaml.Read("azure.yaml");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Has_the_parts_that_the_schema_knows()
    {
        Assert.Subset(
            new HashSet<string> { "name", "requiredVersions", "infra", "services", "hooks", "workflows" },
            _project.Entries().Select(entry => entry.Key).ToHashSet());
        Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", _project.Text("name"));
    }

    [Fact]
    public void Names_templates_and_projects_that_exist()
    {
        Assert.True(File.Exists(Repository.PathOf($"{_project.Text("infra", "path")}/{_project.Text("infra", "module")}.bicepparam")));
        var services = _project.Entries("services").ToDictionary(service => service.Key, service => service.Value);

        var project = Assert.Single(Directory.GetFiles(Repository.PathOf(services["api"].Text("project")!), "*.csproj"));
        Assert.Equal("SecureZoom.Functions.csproj", Path.GetFileName(project));
        Assert.Equal(("function", "dotnet"), (services["api"].Text("host"), services["api"].Text("language")));
    }

    [Fact]
    public async Task Each_service_finds_its_resource_by_its_tag()
    {
        var deployment = await bicep.ResolveAsync(Infra.PathOf(Infra.ParameterFile), Cancellation);

        var tagged = deployment.Resources.Select(resource => resource.Text("tags.azd-service-name")).OfType<string>();
        Assert.Equal(_project.Entries("services").Select(service => service.Key).Order(), tagged.Order());
    }

    [Fact]
    public void Hooks_exist_can_be_run_and_are_all_there_are()
    {
        var hooks = new Dictionary<string, YamlNode>();
        foreach (var (name, hook) in _project.Entries("hooks"))
        {
            hooks.Add(name, hook);
        }

        foreach (var (service, definition) in _project.Entries("services"))
        {
            foreach (var (name, hook) in definition.Entries("hooks"))
            {
                hooks.Add($"{service} {name}", hook);
            }
        }

        Assert.Equal(["postdeploy", "postprovision", "predeploy", "preprovision"], hooks.Keys.Order());
        var scripts = hooks.Select(hook => ScriptOf(hook.Key, hook.Value)).ToList();
        // Some are parts of others.
        scripts.AddRange(scripts.SelectMany(script => Part().Matches(File.ReadAllText(script))).Select(part => Infra.PathOf($"hooks/{part.Groups[1].Value}")).ToList());
        Assert.Equal(Directory.GetFiles(Infra.PathOf("hooks")).Order(), scripts.Order());
        Assert.All(scripts, script => Assert.True(File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute)));
        Assert.All(scripts, script => Assert.Contains("\nset -euo pipefail\n", File.ReadAllText(script), StringComparison.Ordinal));
        // Whoever asks or tells needs the terminal; azd shows the others in a pane that goes away.
        Assert.All(["preprovision", "postprovision", "postdeploy"], name => Assert.Equal("true", hooks[name].Text("interactive")));
        Assert.All(hooks.Values, hook => Assert.Equal("sh", hook.Text("shell")));
    }

    [Fact]
    public void Provisions_before_it_deploys() => Assert.Equal(
        ["provision", "deploy --all"],
        _project.Items("workflows", "up", "steps").Select(step => step.Text("azd")));

    [Fact]
    public async Task Hooks_read_what_the_templates_say()
    {
        var deployment = await bicep.ResolveAsync(Infra.PathOf(Infra.ParameterFile), Cancellation);

        // Outputs become variables of azd's environment.
        Assert.Superset(
            new HashSet<string> { "API_URL", "SITE_URL", "AZURE_KEY_VAULT_NAME", "AZURE_AUDIT_STORAGE_NAME" },
            deployment.Outputs.Keys.ToHashSet());
    }

    [GeneratedRegex(@"^""\$hooks/([a-z-]+\.sh)""$", RegexOptions.Multiline)]
    private static partial Regex Part();

    /// <summary>Relative to the project for a hook of a command, to the service for one of a service.</summary>
    private string ScriptOf(string name, YamlNode hook)
    {
        var service = name.Split(' ') is [var first, _] ? first : null;
        var folder = service is null ? "" : _project.Text("services", service, "project")!;
        return Repository.PathOf(Path.Combine(folder, hook.Text("run")!));
    }
}
