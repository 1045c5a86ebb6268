using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SecureZoom.LocalHost.Tests.Functions;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>
/// A host in a process of its own, to be stopped or killed. Its functions print <c>begun</c> with their input, end when a
/// line comes in, and print <c>ended</c> then.
/// </summary>
internal sealed class ChildHost : IAsyncDisposable
{
    public const string Argument = "child-host";

    // A message of a killed process is hidden for half a minute; ten would be the real host's.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localhost-tests-");
    private readonly Process _process;

    /// <param name="hostJson">What host.json in the child's current directory says.</param>
    public ChildHost(string hostJson, params string[] args)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "host.json"), hostJson);
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.FullName,
        };
        foreach (var argument in (string[])[Argument, .. args])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.FunctionTypes = builder.Configuration["Store"] is null ? [typeof(Pages)] : [typeof(Worker)];
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new Script(async (_, input) =>
        {
            Console.WriteLine($"begun {input}");
            await Task.Run(Console.ReadLine);
            Console.WriteLine("ended");
            return Results.Text("done");
        }));
        var host = builder.Build();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => Console.WriteLine("ready"));
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => Console.WriteLine("stopping"));
        await host.RunAsync();
        return 0;
    }

    /// <summary>Reads on until the child has printed this line.</summary>
    public async Task PrintsAsync(string expected)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(_patience);
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line == expected)
            {
                return;
            }
        }

        Assert.Fail($"The child ended without printing '{expected}'.");
    }

    public Task EndFunctionAsync() => _process.StandardInput.WriteLineAsync("go on");

    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
