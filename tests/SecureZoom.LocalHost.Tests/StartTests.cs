using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.LocalHost.Functions;
using SecureZoom.LocalHost.Protocol;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

/// <summary>Apps that cannot be hosted: the host says why and never opens its port.</summary>
public sealed class StartTests
{
    private const string NoConnection = """{ "type": "queueTrigger", "direction": "In", "name": "message", "queueName": "q", "connection": "Stage" }""";

    [Fact]
    public async Task A_worker_that_cannot_start_is_started_three_times()
    {
        var said = await RefusedAsync(new Scene().With("Worker__Start", "fails"));

        Assert.Equal(3, said.Count(line => line == "The worker lacks a setting."));
        Assert.Equal("The worker does not start: it ends with exit code 7. What it said is above.", said[^1]);
    }

    [Fact]
    public async Task A_worker_whose_first_start_fails_is_followed_by_another()
    {
        await using var host = await TestHost.StartAsync(new Scene().With("Worker__Start", "fails once"));

        Assert.Single(host.Containing("The worker lacks a port."));
        Assert.NotEqual(0, await host.WorkerIdAsync());
    }

    [Theory]
    [InlineData("""{ "type": "blobTrigger", "direction": "In", "name": "blob" }""", "Function 'Odd' has not exactly one trigger")]
    [InlineData("""{ "type": "table", "direction": "In", "name": "table" }""", "Function 'Odd' has not exactly one trigger")]
    [InlineData("""{ "type": "httpTrigger", "direction": "In", "name": "request", "route": "items/{id" }""", "Function 'Odd': 'api/items/{id' is no route")]
    [InlineData("""{ "type": "timerTrigger", "direction": "In", "name": "timer", "schedule": "* * * * *" }""", "Function 'Odd': '* * * * *' is no schedule")]
    [InlineData("""{ "type": "timerTrigger", "direction": "In", "name": "timer", "schedule": "%NotThere%" }""", "Function 'Odd' needs the setting 'NotThere'")]
    [InlineData("""{ "type": "queueTrigger", "direction": "In", "name": "message", "queueName": "q" }""", "Function 'Odd' needs the setting 'AzureWebJobsStorage', or 'AzureWebJobsStorage__queueServiceUri'")]
    [InlineData(NoConnection, "Function 'Odd': ")]
    public async Task A_function_that_cannot_run_is_refused(string binding, string reason)
    {
        var settings = new Scene { LocalSettings = """{ "Values": { "Stage": "no connection string" } }""" }.Read();

        var refused = await Assert.ThrowsAsync<HostException>(async () =>
        {
            var functions = new[] { Function.Of(new RpcFunctionMetadata { Name = "Odd", RawBindings = { binding } }) };
            await using var host = new FunctionHost(settings, functions, _ => throw new WorkerGoneException(), TimeProvider.System, NullLoggerFactory.Instance);
            await host.StartAsync(TestContext.Current.CancellationToken);
        });

        Assert.StartsWith(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_a_function_cannot_run_is_said_without_a_stack_trace()
    {
        var said = await RefusedAsync(new Scene().With("Odd", NoConnection));

        Assert.Contains(said, line => line.StartsWith("Function 'Odd': ", StringComparison.Ordinal));
        Assert.Equal("", string.Join(Environment.NewLine, said.Where(line => line.Contains("   at ", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("""{ "IsEncrypted": true }""", null, "encrypted")]
    [InlineData(null, "{ 'version': ", "host.json")]
    [InlineData(null, null, "'port'", "--port", "seven")]
    [InlineData(null, null, "The port is 70000; it must be from 0 to 65535.", "--port", "70000")]
    [InlineData(null, null, "The grace in seconds is -1; it must be from 0 to 86400.", "--grace", "-1")]
    public void Settings_that_are_none_are_refused(string? localSettings, string? hostJson, string reason, params string[] arguments)
    {
        var scene = new Scene { LocalSettings = localSettings, HostJson = hostJson, Arguments = arguments };

        var refused = Assert.Throws<HostException>(scene.Read);

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_settings_are_refused_is_said_without_a_stack_trace() =>
        Assert.Equal(["The port is 70000; it must be from 0 to 65535."], await RefusedAsync(new Scene { Arguments = ["--port", "70000"] }));

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
