namespace SecureZoom.LocalHost.Workers;

/// <summary>The app's worker as a process, which ends with this one, however this one ends.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Starts what the app's worker.config.json names.</summary>
    /// <exception cref="HostException">The folder holds no built app.</exception>
    public static WorkerProcess Start(HostSettings settings, WorkerEndpoint endpoint, WorkerChannel channel)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(settings.AppFolder, FindWorker(settings.AppFolder)),
            "--functions-uri", endpoint.Address,
            "--functions-request-id", channel.Id,
            "--functions-worker-id", channel.Id,
            "--functions-grpc-max-message-length", $"{WorkerChannel.MaxMessageLength}",
        ])
        {
            RedirectStandardInput = true,
            WorkingDirectory = settings.AppFolder,
        };
        foreach (var (name, value) in settings.LocalValues)
        {
            start.Environment.TryAdd(name, value);
        }

        start.Environment.TryAdd("AZURE_FUNCTIONS_ENVIRONMENT", "Development");
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = settings.AppFolder;
        var hook = typeof(StartupHook).Assembly.Location;
        // The worker's own hook waits for a debugger, as under Core Tools.
        start.Environment["DOTNET_STARTUP_HOOKS"] = start.Environment.ContainsKey("FUNCTIONS_ENABLE_DEBUGGER_WAIT")
            ? $"{hook}{Path.PathSeparator}Microsoft.Azure.Functions.Worker.Core"
            : hook;
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Ends it, should it still run.</summary>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static string FindWorker(string appFolder)
    {
        var file = Path.Combine(appFolder, "worker.config.json");
        if (!File.Exists(file))
        {
            throw new HostException($"{appFolder} holds no built app: worker.config.json is missing.");
        }

        try
        {
            return JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(file))
                .GetProperty("description").GetProperty("defaultWorkerPath").GetString()!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HostException($"{file} is not what the Functions SDK writes: {e.Message}");
        }
    }
}
