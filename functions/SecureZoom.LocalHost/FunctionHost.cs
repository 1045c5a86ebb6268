namespace SecureZoom.LocalHost;

/// <summary>Listens to what triggers an app's functions, and stops in the order that loses nothing.</summary>
internal sealed class FunctionHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _giveUp = new();
    private readonly HttpFront _front;
    private readonly List<QueueListener> _queues;
    private readonly List<TimerListener> _timers;

    /// <exception cref="HostException">A function needs a setting that is not there, or has a schedule or route that is none.</exception>
    public FunctionHost(
        HostSettings settings, IReadOnlyList<Function> functions, WorkerSource workers, TimeProvider time, ILoggerFactory loggers)
    {
        _front = new HttpFront(settings, functions, workers, loggers);
        _queues = [.. Of(Function.Queue).Select(function => new QueueListener(function, settings, InvokeAsync, loggers))];
        _timers = [.. Of(Function.Timer).Select(function => new TimerListener(function, settings.Values, InvokeAsync, time, loggers.CreateLogger<TimerListener>()))];

        IEnumerable<Function> Of(string type) => functions.Where(function => function.Type == type);

        async Task InvokeAsync(Function function, TypedData input, Dictionary<string, TypedData> metadata)
        {
            var worker = await workers(_giveUp.Token);
            try
            {
                await worker.InvokeAsync(function, Guid.NewGuid().ToString(), input, metadata, new(), _giveUp.Token);
            }
            catch (FunctionFailedException e) when (!_giveUp.IsCancellationRequested)
            {
                WorkerLog.Write(loggers, e);
                throw;
            }
        }
    }

    /// <inheritdoc cref="HttpFront.Address"/>
    public string Address => _front.Address;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // First what can fail: a host whose port is taken must not have taken messages.
        await _front.StartAsync(cancellationToken);
        await Task.WhenAll(_queues.Select(queue => queue.StartAsync(cancellationToken)));
        _timers.ForEach(timer => timer.Start());
    }

    /// <summary>Takes nothing new, queues first, and lets what runs finish; what takes longer than this is told to give up.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        _giveUp.CancelAfter(grace);
        await Task.WhenAll([.. _queues.Select(queue => queue.StopAsync(_giveUp.Token)), .. _timers.Select(timer => timer.StopAsync())]);
        await _front.StopAsync(_giveUp.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _queues.ForEach(queue => queue.Dispose());
        _timers.ForEach(timer => timer.Dispose());
        await _front.DisposeAsync();
        _giveUp.Dispose();
    }
}
