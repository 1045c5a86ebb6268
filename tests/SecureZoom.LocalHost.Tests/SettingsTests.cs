using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class SettingsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_worker_gets_the_values_and_the_environment_wins()
    {
        await using var host = await TestHost.StartAsync(new Scene
        {
            LocalSettings = """
                {
                  // Core Tools allows comments.
                  "IsEncrypted": false,
                  "Values": { "Audit__queueServiceUri": "http://127.0.0.1:1/", "Site:Url": "http://localhost:4280", "Mine": "file" }
                }
                """,
            HostJson = """{ "extensions": { "http": { "routePrefix": "v2/app" } } /* a comment */ }""",
        }.With("Mine", "environment"));

        Assert.Equal("http://127.0.0.1:1/", await GetAsync("Audit:queueServiceUri"));
        Assert.Equal("http://localhost:4280", await GetAsync("Site:Url"));
        Assert.Equal("environment", await GetAsync("Mine"));
        Assert.Equal("Development", await GetAsync("AZURE_FUNCTIONS_ENVIRONMENT"));
        // What a worker starts does not end with an input of its own.
        Assert.Equal("", await GetAsync("DOTNET_STARTUP_HOOKS"));

        Task<string> GetAsync(string name) => host.Client.GetStringAsync($"/v2/app/settings/{name}", Cancelled);
    }

    [Fact]
    public async Task Log_levels_of_host_json_hold_and_the_prefix_may_be_empty()
    {
        await using var host = await TestHost.StartAsync(new Scene
        {
            HostJson = """
                {
                  "extensions": { "http": { "routePrefix": "" } },
                  "logging": { "logLevel": { "default": "Debug", "SecureZoom.LocalHost.Worker": "Error" } }
                }
                """,
        });

        Assert.Equal("", await host.Client.GetStringAsync("/speak", Cancelled));

        await host.PrintsAsync("Spoken as Critical");
        Assert.Equal(["Error", "Critical"], host.Containing("Spoken as").Select(line => line.Split("Spoken as ")[1]));
    }

    [Theory]
    [InlineData("""{ "Host": { "LocalHttpPort": 17151 } }""", null, 17151)]
    [InlineData("""{ "Host": { "LocalHttpPort": 17151 } }""", "17152", 17152)]
    [InlineData("{}", null, 7071)]
    public void The_port_is_the_arguments_or_else_the_files_or_else_7071(string localSettings, string? port, int expected) =>
        Assert.Equal(expected, new Scene { LocalSettings = localSettings, Arguments = port is null ? [] : ["--port", port] }.Read().Port);
}
