using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

/// <summary>Apps that cannot be hosted: the host says why and never opens its port.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_worker_that_cannot_start_is_started_once()
    {
        var said = await RefusedAsync(new Scene().With("Worker__Start", "fails"));

        Assert.Equal("The worker lacks a setting.", Assert.Single(said, line => line.StartsWith("The worker lacks", StringComparison.Ordinal)));
        Assert.Equal("The worker does not start: it ends with exit code 7. What it said is above.", said[^1]);
    }

    [Theory]
    [InlineData("""{ "type": "blobTrigger", "direction": "In", "name": "blob" }""", "Function 'Odd' has not exactly one trigger")]
    [InlineData("""{ "type": "table", "direction": "In", "name": "table" }""", "Function 'Odd' has not exactly one trigger")]
    [InlineData("""{ "type": "httpTrigger", "direction": "In", "name": "request", "route": "items/{id" }""", "Function 'Odd': 'api/items/{id' is no route")]
    [InlineData("""{ "type": "timerTrigger", "direction": "In", "name": "timer", "schedule": "* * * * *" }""", "Function 'Odd': '* * * * *' is no schedule")]
    [InlineData("""{ "type": "timerTrigger", "direction": "In", "name": "timer", "schedule": "%NotThere%" }""", "Function 'Odd' needs the setting 'NotThere'")]
    [InlineData("""{ "type": "queueTrigger", "direction": "In", "name": "message", "queueName": "q" }""", "Function 'Odd' needs the setting 'AzureWebJobsStorage', or 'AzureWebJobsStorage__queueServiceUri'")]
    [InlineData("""{ "type": "queueTrigger", "direction": "In", "name": "message", "queueName": "q", "connection": "Stage" }""", "Function 'Odd': ")]
    public async Task A_function_that_cannot_run_is_refused(string binding, string reason)
    {
        var said = await RefusedAsync(new Scene().With("Odd", binding));

        Assert.Contains(said, line => line.StartsWith(reason, StringComparison.Ordinal));
        Assert.Equal("", string.Join(Environment.NewLine, said.Where(line => line.Contains("   at ", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Settings_that_are_none_are_refused()
    {
        Assert.Contains("encrypted", (await RefusedAsync(new Scene { LocalSettings = """{ "IsEncrypted": true }""" }))[^1], StringComparison.Ordinal);
        Assert.Contains("host.json", (await RefusedAsync(new Scene { HostJson = "{ 'version': " }))[^1], StringComparison.Ordinal);
        Assert.Contains("'port'", (await RefusedAsync(new Scene { Arguments = ["--port", "seven"] }))[^1], StringComparison.Ordinal);
        Assert.Equal("The port is 70000; it must be from 0 to 65535.", (await RefusedAsync(new Scene { Arguments = ["--port", "70000"] }))[^1]);
        Assert.Equal("The grace in seconds is -1; it must be from 0 to 86400.", (await RefusedAsync(new Scene { Arguments = ["--grace", "-1"] }))[^1]);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.Contains($"{port}", (await RefusedAsync(new Scene { Arguments = ["--port", $"{port}"] }))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_an_app_is_refused_and_no_folder_is_told_the_usage()
    {
        Assert.Equal((1, true), await RunAsync("worker.config.json is missing", Path.GetTempPath()));
        var odd = Directory.CreateTempSubdirectory("localhost-tests-");
        await File.WriteAllTextAsync(Path.Combine(odd.FullName, "worker.config.json"), "{}", TestContext.Current.CancellationToken);
        Assert.Equal((1, true), await RunAsync("worker.config.json is not what the Functions SDK writes", odd.FullName));
        odd.Delete(recursive: true);
        Assert.Equal((2, true), await RunAsync("Usage: SecureZoom.LocalHost APP_FOLDER"));
    }

    private static async Task<(int Code, bool Said)> RunAsync(string expected, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(FunctionHost).Assembly.Location, .. arguments])
        {
            RedirectStandardError = true,
        })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said.Contains(expected, StringComparison.Ordinal));
    }

    /// <returns>What the host has said.</returns>
    private static async Task<string[]> RefusedAsync(Scene scene)
    {
        await using var host = await TestHost.BeginAsync(scene);

        Assert.Equal(1, await host.ExitAsync());
        Assert.Empty(host.Containing("functions at"));
        return [.. host.Lines];
    }
}
