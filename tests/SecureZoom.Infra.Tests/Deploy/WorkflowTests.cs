using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace SecureZoom.Infra.Tests;

/// <summary>What every workflow keeps to, and the one that deploys.</summary>
public sealed partial class WorkflowTests
{
    private const string Folder = ".github/workflows";

    /// <summary>The only rights beyond reading, by file.</summary>
    private static readonly Dictionary<string, string[]> Writes = new()
    {
        ["codeql.yml"] = ["security-events"],
        ["deploy.yml"] = ["id-token"],
        ["release.yml"] = ["id-token", "attestations"],
    };

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PathOf(Folder)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static YamlMappingNode Deploy => Yaml.Read($"{Folder}/deploy.yml");

    [Theory]
    [MemberData(nameof(Files))]
    public void Stores_no_secret(string file) =>
        Assert.DoesNotMatch(@"\bsecrets\b\s*(\.|\[|:)|GITHUB_TOKEN|github\.token|creds:", TextOf(file));

    [Theory]
    [MemberData(nameof(Files))]
    public void Says_which_rights_it_needs_and_needs_few(string file)
    {
        var workflow = Yaml.Read($"{Folder}/{file}");

        Assert.IsType<YamlMappingNode>(workflow.Find("permissions"));
        var rights = Jobs(workflow).SelectMany(job => job.Entries("permissions")).Concat(workflow.Entries("permissions"));
        Assert.All(rights, right => Assert.True(
            right.Value.ToString() == "read" || Writes.GetValueOrDefault(file, []).Contains(right.Key), $"{right.Key}: {right.Value}"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Uses_actions_by_their_commit(string file) =>
        Assert.All(Used().Matches(TextOf(file)), use => Assert.Matches(@"^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", use.Groups[1].Value));

    [Theory]
    [MemberData(nameof(Files))]
    public void Ends_in_time_keeps_no_token_and_runs_nobody_s_words(string file)
    {
        Assert.All(Jobs(Yaml.Read($"{Folder}/{file}")), job =>
        {
            Assert.NotNull(job.Text("timeout-minutes"));
            Assert.All(
                job.Items("steps").Where(step => step.Text("uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true),
                checkout => Assert.Equal("false", checkout.Text("with", "persist-credentials")));
            // An expression in a script is text that somebody else may have written.
            Assert.All(Scripts(job), script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Shows_what_if_before_anything_is_deployed()
    {
        var (preview, deploy) = (Deploy.Find("jobs", "preview")!, Deploy.Find("jobs", "deploy")!);

        Assert.Equal(["deploy", "preview"], Deploy.Entries("jobs").Select(job => job.Key).Order());
        Assert.Equal("preview", deploy.Text("needs"));
        var show = Assert.Single(Scripts(preview));
        Assert.Contains("az deployment group what-if", show, StringComparison.Ordinal);
        Assert.Contains("GITHUB_STEP_SUMMARY", show, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"azd (up|provision|deploy)|az deployment group create", show);
        Assert.Equal(["azd provision --no-prompt --no-state", "azd deploy --all --no-prompt"], Scripts(deploy).TakeLast(2));
    }

    [Fact]
    public void Deploys_when_told_from_main_one_at_a_time_after_an_approval()
    {
        Assert.Equal(["workflow_dispatch"], Deploy.Entries("on").Select(trigger => trigger.Key));
        Assert.Equal("github.ref == 'refs/heads/main'", Deploy.Text("jobs", "preview", "if"));
        Assert.Equal("deploy-${{ inputs.environment }}", Deploy.Text("concurrency", "group"));
        Assert.Equal("${{ inputs.environment }}-preview", Deploy.Text("jobs", "preview", "environment"));
        Assert.Equal("${{ inputs.environment }}", Deploy.Text("jobs", "deploy", "environment"));
        Assert.Equal(Infra.Sizes, Deploy.Items("on", "workflow_dispatch", "inputs", "environment", "options").Select(option => option.ToString()));
    }

    [Fact]
    public void Signs_in_by_federation() => Assert.All(Jobs(Deploy), job =>
    {
        Assert.Equal("write", job.Text("permissions", "id-token"));
        var login = Assert.Single(job.Items("steps"), step => step.Text("uses")?.StartsWith("azure/login@", StringComparison.Ordinal) == true);
        Assert.Equal(["client-id", "subscription-id", "tenant-id"], login.Entries("with").Select(input => input.Key).Order());
    });

    [Fact]
    public void A_preview_makes_nothing_and_a_deployment_leaves_nothing_out()
    {
        Assert.Contains(Scripts(Deploy.Find("jobs", "preview")!), script => script.Contains("SECUREZOOM_PREVIEW=true infra/hooks/preprovision.sh", StringComparison.Ordinal));
        Assert.All(
            Scripts(Deploy.Find("jobs", "deploy")!).Where(script => script.StartsWith("azd provision", StringComparison.Ordinal)),
            script => Assert.Contains("--no-state", script, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Tools_are_one_version_that_is_kept_up(string file)
    {
        var steps = Jobs(Yaml.Read($"{Folder}/{file}")).SelectMany(job => job.Items("steps")).ToList();

        Assert.All(Steps("azure/setup-azd"), step => Assert.Matches(@"^\d+\.\d+\.\d+$", step.Text("with", "version")));
        Assert.All(Steps("actions/setup-node"), step => Assert.Matches("^(22|24)$", step.Text("with", "node-version")));

        IEnumerable<YamlNode> Steps(string action) => steps.Where(step => step.Text("uses")?.StartsWith($"{action}@", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void A_release_says_what_is_in_it_and_where_it_comes_from()
    {
        var steps = Yaml.Read($"{Folder}/release.yml").Items("jobs", "release", "steps").ToList();
        var attested = steps.Where(step => step.Text("uses")?.StartsWith("actions/attest@", StringComparison.Ordinal) == true).ToList();

        Assert.Contains(attested, step => step.Text("with", "sbom-path") is null && step.Text("with", "subject-path") == "release/*.zip");
        var files = Made().Matches(File.ReadAllText(Repository.PathOf("script/release"))).Select(match => match.Groups[1].Value).Distinct();
        Assert.All(files, name => Assert.Contains(attested, step =>
            step.Text("with", "subject-path") == $"release/{name}.zip" && step.Text("with", "sbom-path") == $"release/{name}.cdx.json"));
    }

    [Fact]
    public void Every_lock_file_and_tool_has_its_updates()
    {
        var updates = Yaml.Read(".github/dependabot.yml").Items("updates").ToList();
        var folders = updates.Where(update => update.Text("package-ecosystem") == "npm")
            .SelectMany(update => update.Items("directories").Select(folder => folder.ToString()).Append(update.Text("directory") ?? ""));

        Assert.Subset(folders.ToHashSet(), LockFiles(Repository.PathOf("")).ToHashSet());
        Assert.Subset(
            updates.Select(update => update.Text("package-ecosystem")!).ToHashSet(), new HashSet<string> { "nuget", "dotnet-sdk", "npm", "github-actions" });
        Assert.Contains(updates, update => update.Items("groups", "opentelemetry", "patterns").Any(pattern => pattern.ToString() == "OpenTelemetry*"));
    }

    private static IEnumerable<string> LockFiles(string folder) =>
        Directory.EnumerateFiles(folder, "package-lock.json").Select(file => $"/{Path.GetRelativePath(Repository.PathOf(""), Path.GetDirectoryName(file)!)}")
            .Concat(Directory.EnumerateDirectories(folder)
                .Where(inner => Path.GetFileName(inner) is not ("node_modules" or "bin" or "obj" or ".git"))
                .SelectMany(LockFiles));

    [GeneratedRegex(@"(securezoom-\w+)\.zip")]
    private static partial Regex Made();

    [Fact]
    public void Hands_on_every_variable_of_an_installation()
    {
        var variables = Variable().Matches(File.ReadAllText(Infra.PathOf(Infra.ParameterFile)))
            .Select(match => match.Groups[1].Value)
            // Read back from Azure by the hook.
            .Except(["ALERT_WEBHOOKS", "BUDGET_START", "CHECKPOINTS_LOCKED"])
            .Append("AUTH0_CLIENT_ID");

        Assert.All(Jobs(Deploy), job => Assert.Empty(variables.Except(job.Entries("env").Select(variable => variable.Key))));
    }

    private static string TextOf(string file) => File.ReadAllText(Repository.PathOf($"{Folder}/{file}"));

    private static IEnumerable<YamlNode> Jobs(YamlMappingNode workflow) => workflow.Entries("jobs").Select(job => job.Value);

    private static IEnumerable<string> Scripts(YamlNode job) => job.Items("steps").Select(step => step.Text("run")).OfType<string>();

    [GeneratedRegex(@"\buses: (.+)")]
    private static partial Regex Used();

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'")]
    private static partial Regex Variable();
}
