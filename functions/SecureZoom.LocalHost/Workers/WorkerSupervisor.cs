namespace SecureZoom.LocalHost.Workers;

/// <summary>Keeps one worker running: starts another when it dies, and gives up when starts keep failing. One that was ready is always followed.</summary>
/// <param name="kill">Ends the worker at once, whatever it is doing.</param>
internal sealed class WorkerSupervisor(
    HostSettings settings, WorkerEndpoint endpoint, ILogger<WorkerSupervisor> logger, CancellationToken kill) : IAsyncDisposable
{
    private const int MaxFailedStarts = 3;
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _kill = CancellationTokenSource.CreateLinkedTokenSource(kill);
    private TaskCompletionSource<WorkerChannel> _worker = NewWorker();

    /// <summary>Ends when the supervisor has been stopped; fails with a <see cref="HostException"/> when it has given up.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public void Start() => Running = RunAsync();

    /// <summary>The worker that runs, or will in a moment.</summary>
    /// <exception cref="WorkerGoneException">No worker is started any more.</exception>
    public Task<WorkerChannel> GetAsync(CancellationToken cancellationToken) => Current().Task.WaitAsync(cancellationToken);

    /// <summary>Lets the worker finish what it is doing, for this long, and ends it.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        await _stop.CancelAsync();
        if (Current().Task is { IsCompletedSuccessfully: true } worker)
        {
            (await worker).Terminate(grace);
            _kill.CancelAfter(grace);
        }
        else
        {
            await _kill.CancelAsync();
        }

        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        _stop.Dispose();
        _kill.Dispose();
    }

    private static TaskCompletionSource<WorkerChannel> NewWorker() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The worker that runs, or that will: one that has hung up gives way to the next, whoever notices first.</summary>
    private TaskCompletionSource<WorkerChannel> Current()
    {
        var current = Volatile.Read(ref _worker);
        if (current.Task is { IsCompletedSuccessfully: true, Result.Gone.IsCompleted: true })
        {
            Interlocked.CompareExchange(ref _worker, NewWorker(), current);
        }

        return Volatile.Read(ref _worker);
    }

    private async Task RunAsync()
    {
        // The first start is tried again too: the worker picks its port a moment before it listens there, and may lose it to another.
        var failedStarts = 0;
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var (ready, code) = await RunOneAsync();
                failedStarts = ready ? 0 : failedStarts + 1;
                if (_stop.IsCancellationRequested)
                {
                    return;
                }

                WorkerLog.Warn(logger, $"The worker has ended with exit code {code}");
                if (failedStarts >= MaxFailedStarts)
                {
                    throw new HostException($"The worker does not start: it ends with exit code {code}. What it said is above.");
                }
            }
        }
        finally
        {
            Current().TrySetException(new WorkerGoneException());
        }
    }

    /// <returns>Whether the worker became ready, and the exit code that it ended with.</returns>
    private async Task<(bool Ready, int Code)> RunOneAsync()
    {
        var channel = endpoint.Expect();
        using var process = WorkerProcess.Start(settings, endpoint, channel);
        await using var killing = _kill.Token.Register(process.Kill);
        var exited = ExitAsync();
        var ready = await TryStartAsync(channel);
        if (ready)
        {
            Current().SetResult(channel);
            await channel.Gone;
            await Task.WhenAny(exited, Task.Delay(EndTime));
        }

        process.Kill();
        return (ready, await exited);

        async Task<int> ExitAsync()
        {
            var code = await process.WaitForExitAsync();
            channel.HangUp();
            return code;
        }
    }

    private async Task<bool> TryStartAsync(WorkerChannel channel)
    {
        using var timeout = new CancellationTokenSource(StartTime);
        try
        {
            await channel.InitializeAsync(settings.AppFolder, timeout.Token);
            if (channel.HttpAddress is { } address)
            {
                await ListensAsync(address, timeout.Token);
            }

            return true;
        }
        catch (Exception e) when (e is WorkerGoneException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The worker says that it is ready a moment before its server is.</summary>
    private static async Task ListensAsync(Uri address, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(ConnectPause, cancellationToken);
            }
        }
    }
}
