using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SecureZoom.LocalHost.Tests.Functions;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class SettingsTests
{
    [Fact]
    public async Task Values_become_configuration_with_double_underscores_as_colons()
    {
        await using var host = new TestHost(typeof(Pages), localSettings: """
            {
              // Core Tools allows comments.
              "IsEncrypted": false,
              "Values": { "Audit__queueServiceUri": "http://127.0.0.1:1/", "Site:Url": "http://localhost:4280", "Plain": "1" }
            }
            """);

        var configuration = host.Builder.Configuration;
        Assert.Equal("http://127.0.0.1:1/", configuration["Audit:queueServiceUri"]);
        Assert.Equal("http://localhost:4280", configuration["Site:Url"]);
        Assert.Equal("1", configuration["Plain"]);
    }

    [Fact]
    public async Task An_environment_variable_wins_over_local_settings_and_a_later_source_over_both()
    {
        Environment.SetEnvironmentVariable("LocalHostTests__FromEnvironment", "environment");
        await using var host = new TestHost(typeof(Pages), localSettings: """
            { "Values": { "LocalHostTests__FromEnvironment": "file", "LocalHostTests__FromFile": "file", "LocalHostTests__Added": "file" } }
            """).Set("LocalHostTests:Added", "added");

        var section = host.Builder.Configuration.GetSection("LocalHostTests");
        Assert.Equal("environment", section["FromEnvironment"]);
        Assert.Equal("file", section["FromFile"]);
        Assert.Equal("added", section["Added"]);
    }

    [Fact]
    public void Encrypted_local_settings_are_refused()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() =>
            new TestHost(typeof(Pages), localSettings: """{ "IsEncrypted": true, "Values": {} }"""));
        Assert.Contains("encrypted", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Host": { "LocalHttpPort": 17151 } }""", null, "http://localhost:17151")]
    [InlineData("""{ "Host": { "LocalHttpPort": 17151 } }""", "17152", "http://localhost:17152")]
    [InlineData(null, null, "http://localhost:7071")]
    public async Task The_port_is_the_arguments_or_else_the_files_or_else_7071(string? localSettings, string? port, string expected)
    {
        // The last of two --port arguments counts; an empty one is none.
        await using var host = new TestHost(typeof(Pages), null, localSettings, "--port", port ?? "");

        Assert.Equal([expected], host.Addresses);
    }

    [Fact]
    public async Task The_environment_is_Development_as_with_Core_Tools()
    {
        await using var host = new TestHost(typeof(Pages));

        Assert.True(host.Builder.Environment.IsDevelopment());
    }

    [Fact]
    public async Task Log_levels_of_host_json_hold_unless_a_setting_says_otherwise()
    {
        const string HostJson = """{ "logging": { "logLevel": { "default": "Information", "Azure.Core": "Warning" } } }""";
        await using var host = new TestHost(typeof(Pages), HostJson, args: ["--Logging:LogLevel:Default=Error"]);

        Assert.Equal("Warning", host.Builder.Configuration["Logging:LogLevel:Azure.Core"]);
        Assert.Equal("Error", host.Builder.Configuration["Logging:LogLevel:Default"]);
    }
}
