using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>The local host as a process, in a folder of its own, with the tests' worker.</summary>
internal sealed partial class TestHost : IAsyncDisposable
{
    private const string WorkerEnded = "The worker has ended with exit code";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localhost-tests-");
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _printed = new(0);
    private readonly TaskCompletionSource _silent = new();
    private Process? _process;

    private TestHost(Stage stage) => Stage = stage;

    public Stage Stage { get; }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null, MaxConnectionsPerServer = 500 });

    public int Id => _process!.Id;

    /// <summary>What the host and its worker have said so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public string Output => string.Join(Environment.NewLine, _lines);

    /// <summary>Where the host answers.</summary>
    public Uri Address => Client.BaseAddress!;

    private static string Dll => typeof(FunctionHost).Assembly.Location;

    /// <summary>Starts a host and waits until its port is open.</summary>
    /// <param name="scene">What differs from the usual.</param>
    public static async Task<TestHost> StartAsync(Scene? scene = null)
    {
        var host = await BeginAsync(scene);
        await host.IsReadyAsync();
        return host;
    }

    /// <summary>Starts a host that may never be ready.</summary>
    public static async Task<TestHost> BeginAsync(Scene? scene = null)
    {
        scene ??= new Scene();
        var host = new TestHost(await Stage.OpenAsync());
        host._process = Process.Start(host.Describe(scene))!;
        host._process.OutputDataReceived += (_, line) => host.Keep(line.Data);
        host._process.ErrorDataReceived += (_, line) => host.Keep(line.Data);
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    public async Task IsReadyAsync()
    {
        var line = await PrintsAsync("functions at ");
        Client.BaseAddress = new(Listening().Match(line).Value);
    }

    /// <summary>Waits until a line with this text has been printed, or as many as are said.</summary>
    /// <returns>The last of them.</returns>
    public async Task<string> PrintsAsync(string text, int times = 1)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Eventually.Deadline);
        while (true)
        {
            if (Containing(text).ElementAtOrDefault(times - 1) is { } line)
            {
                return line;
            }

            Assert.False(_silent.Task.IsCompleted, $"It ended without printing '{text}': {Output}");
            await _printed.WaitAsync(deadline.Token);
        }
    }

    public IEnumerable<string> Containing(string text) => _lines.Where(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>The worker's process.</summary>
    public async Task<int> WorkerIdAsync()
    {
        using var answer = System.Text.Json.JsonDocument.Parse(
            await Client.GetStringAsync("/api/echo", TestContext.Current.CancellationToken));
        return answer.RootElement.GetProperty("processId").GetInt32();
    }

    /// <summary>Kills the worker and waits until the host has noticed.</summary>
    public async Task KillWorkerAsync()
    {
        var ended = Containing(WorkerEnded).Count();
        using var worker = Process.GetProcessById(await WorkerIdAsync());
        worker.Kill();
        await PrintsAsync(WorkerEnded, ended + 1);
    }

    /// <summary>Ends the host, and not what it has started, at once.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What happens when whoever started the host dies.</summary>
    public void CloseInput() => _process!.StandardInput.Close();

    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until nobody can connect any more.</summary>
    public Task ClosesAsync() => Eventually.IsAsync(async () =>
    {
        try
        {
            using var client = await RawClient.ConnectAsync(Address);
            return false;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return true;
        }
    });

    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await _process!.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Deadline);
        return _process.ExitCode;
    }

    /// <summary>Waits until a process is no more.</summary>
    public static async Task EndsAsync(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Deadline);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process!.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _printed.Dispose();
        await Stage.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private ProcessStartInfo Describe(Scene scene)
    {
        var app = _folder.CreateSubdirectory("app");
        var worker = Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory, "../../../../SecureZoom.LocalHost.Worker/bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0"));
        foreach (var file in Directory.EnumerateFiles(worker))
        {
            File.CreateSymbolicLink(Path.Combine(app.FullName, Path.GetFileName(file)), file);
        }

        scene.Write(app, _folder);
        var start = new ProcessStartInfo("dotnet", [Dll, app.FullName, .. scene.Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
            // So that a host never outlives its tests.
            Environment = { ["DOTNET_STARTUP_HOOKS"] = Dll, ["Stage"] = Stage.Address },
        };
        foreach (var (name, value) in scene.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            _silent.TrySetResult();
        }
        else
        {
            _lines.Enqueue(line);
        }

        _printed.Release();
    }

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Listening();
}
