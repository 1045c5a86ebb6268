using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox;

/// <summary>The function app on a Functions host, as a child process: the local host, or Core Tools.</summary>
public sealed class FunctionApp : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly FunctionAppOptions _options;
    private ChildProcess? _process;

    private FunctionApp(FunctionAppOptions options) => _options = options;

    /// <summary><c>http://localhost:{port}/api/</c>; the same after a restart.</summary>
    public Uri Address => AddressOf(_options.Port);

    /// <summary>Ends with the exit code of the process that runs now.</summary>
    public Task<int> Exited => _process?.Exited ?? Task.FromResult(0);

    /// <summary>The last lines of its output.</summary>
    public string Output => _process?.Output ?? "";

    /// <summary>Starts the app and waits until its health is good.</summary>
    /// <exception cref="SandboxException">The port is taken, or the app is not built, or it does not start.</exception>
    public static async Task<FunctionApp> StartAsync(FunctionAppOptions options, CancellationToken cancellationToken)
    {
        var port = new Port(options.Port, "the function app", "SECUREZOOM_APP_PORT").Claim();
        var app = new FunctionApp(options with { Port = port });
        await app.StartAgainAsync(cancellationToken);
        return app;
    }

    /// <summary>Starts it again after <see cref="StopAsync"/> or <see cref="KillAsync"/>, on the same port.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _process = Start();
        try
        {
            using var http = new HttpClient();
            await _process.WhenReadyAsync(
                "The function app", token => IsHealthyAsync(http, Address, token), StartTime, cancellationToken);
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    /// <summary>Lets running invocations finish and stops it.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Ends it at once (SIGKILL), whatever it is doing.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            await process.KillAsync();
            await StopAsync();
        }
    }

    /// <summary>Ends the worker alone at once (SIGKILL): its host, which starts another, goes on. On Linux only.</summary>
    /// <returns>Whether a worker was running.</returns>
    public bool KillWorker() => _process?.KillChild("SecureZoom.Functions.dll") is true;

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    internal static Uri AddressOf(int port) => new($"http://localhost:{port}/api/");

    internal static async Task<bool> IsHealthyAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(address, "health"), cancellationToken);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Waits for an app that somebody else runs.</summary>
    internal static async Task WhenHealthyAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        await Readiness.WaitAsync(
            token => IsHealthyAsync(http, address, token),
            Timeout.InfiniteTimeSpan,
            Task.Delay(Timeout.Infinite, cancellationToken),
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private ChildProcess Start()
    {
        try
        {
            return ChildProcess.Start(Describe(), _options.OnOutput);
        }
        catch (SandboxException fault) when (_options.UsesCoreTools)
        {
            throw new SandboxException($"SECUREZOOM_HOST=func needs Azure Functions Core Tools 4 on the PATH. {fault.Message}", fault);
        }
    }

    private ProcessStartInfo Describe()
    {
        var app = _options.Published ?? Built("SecureZoom.Functions");
        var start = _options.UsesCoreTools ? OnCoreTools(app) : OnLocalHost(app);
        foreach (var (name, value) in _options.Settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private ProcessStartInfo OnLocalHost(string app)
    {
        var host = Path.Combine(Built("SecureZoom.LocalHost"), "SecureZoom.LocalHost.dll");
        return new ProcessStartInfo("dotnet", [host, app, "--port", PortText])
        {
            WorkingDirectory = _options.Folder,
            // Its start-up hook ends it with whoever starts it.
            Environment = { ["DOTNET_STARTUP_HOOKS"] = host },
        };
    }

    private ProcessStartInfo OnCoreTools(string app) => new("func", ["start", "--no-build", "--port", PortText, "--cors", _options.Cors ?? ""])
    {
        WorkingDirectory = app,
    };

    private string PortText => _options.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The folder of a project that was built with the sandbox.</summary>
    internal static string Built(string project)
    {
        var configuration = typeof(FunctionApp).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var folder = Path.Combine(Repository.Root, "functions", project, "bin", configuration, "net10.0");
        return File.Exists(Path.Combine(folder, $"{project}.dll"))
            ? folder
            : throw new SandboxException($"{project} is not built. Run `dotnet build -c {configuration} functions/{project}`.");
    }
}
