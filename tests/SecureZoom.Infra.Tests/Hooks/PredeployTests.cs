using Xunit;

namespace SecureZoom.Infra.Tests;

public sealed class PredeployTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Installs_by_the_lock_files_and_runs_no_script_of_a_package()
    {
        using var cloud = new HookCloud();
        File.Copy(Infra.PathOf("../static-web/public/staticwebapp.config.json"), cloud.PathOf("tmp/staticwebapp.config.json"));

        var run = await cloud.RunAsync(
            "predeploy.sh",
            Cancellation,
            ("SITE_FOLDER", cloud.PathOf("tmp")),
            ("API_URL", "https://func-securezoom.example/api"),
            ("AUTH0_DOMAIN", "acme.eu.auth0.com"),
            ("AUTH0_AUDIENCE", "https://api.securezoom.example"),
            ("AUTH0_CLIENT_ID", "the-client"));

        Assert.Equal(0, run.ExitCode);
        string[] installs = [.. cloud.Calls.Where(call => !call.StartsWith("npm run build ", StringComparison.Ordinal))];
        Assert.Equal(2, installs.Length);
        Assert.All(installs, call =>
        {
            Assert.StartsWith("npm ci --ignore-scripts ", call, StringComparison.Ordinal);
            Assert.True(File.Exists($"{call.Split("--prefix ")[1]}/package-lock.json"), call);
        });
        Assert.True(cloud.Holds("tmp/config.json"));
    }

    [Fact]
    public void What_deploys_the_site_is_one_version_with_its_hash()
    {
        var package = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Infra.PathOf("site-cli/package.json"))).RootElement;

        Assert.All(package.GetProperty("dependencies").EnumerateObject(), one => Assert.Matches(@"^\d+\.\d+\.\d+$", one.Value.GetString()));
        var locked = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Infra.PathOf("site-cli/package-lock.json"))).RootElement;
        Assert.All(
            locked.GetProperty("packages").EnumerateObject().Where(one => one.Name.Length > 0),
            one => Assert.True(one.Value.TryGetProperty("integrity", out _), one.Name));
    }
}
