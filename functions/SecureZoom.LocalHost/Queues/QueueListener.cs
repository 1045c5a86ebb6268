namespace SecureZoom.LocalHost.Queues;

/// <summary>Polls a queue and runs its function for each message.</summary>
internal sealed partial class QueueListener(
    HostedFunction function, QueueSource source, QueueOptions options, FunctionInvoker invoker,
    IHostApplicationLifetime lifetime, ILogger<QueueListener> logger) : BackgroundService
{
    // The real host hides for ten minutes, and so long are messages of a killed process out of sight. On a developer's
    // machine processes are killed all the time.
    private static readonly TimeSpan _hidden = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(100);
    private readonly TimeSpan _longestPause = options.MaxPollingInterval ?? TimeSpan.FromMinutes(1);
    private bool? _reachable;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Hosted services stop one after another; a slow one must not keep this one fetching.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var running = new List<Task>();
        var pause = _shortestPause;
        while (!stop.IsCancellationRequested)
        {
            var messages = await ReceiveAsync();
            running.AddRange(messages.Select(ProcessAsync));
            while (running.Count > (options.NewBatchThreshold ?? options.BatchSize / 2))
            {
                running.Remove(await Task.WhenAny(running));
            }

            if (messages.Length == 0)
            {
                await Task.Delay(pause, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            pause = messages.Length > 0 ? _shortestPause : pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }

        await Task.WhenAll(running);
    }

    // Not cancelled by a stop: messages that the queue hands out just then would be hidden without anybody knowing.
    private async Task<QueueMessage[]> ReceiveAsync()
    {
        try
        {
            if (_reachable is not true)
            {
                await source.Queue.CreateIfNotExistsAsync(cancellationToken: lifetime.ApplicationStopped);
            }

            QueueMessage[] messages = await source.Queue.ReceiveMessagesAsync(
                options.BatchSize, _hidden, lifetime.ApplicationStopped);
            _reachable = true;
            return messages;
        }
        catch (Exception e)
        {
            if (_reachable is not false)
            {
                Log.Unreachable(logger, source.Queue.Name, e.Message);
            }

            _reachable = false;
            return [];
        }
    }

    private async Task ProcessAsync(QueueMessage message)
    {
        try
        {
            using var renewal = new PeriodicTimer(_hidden / 2);
            var hiding = KeepHiddenAsync(message, renewal);
            var text = Decode(message.MessageText);
            var succeeded = text is not null && message.DequeueCount <= options.MaxDequeueCount
                && await RunAsync(message, text);
            renewal.Dispose();
            var receipt = await hiding;
            if (!succeeded && text is not null && message.DequeueCount < options.MaxDequeueCount)
            {
                await HideAsync(message, receipt, options.VisibilityTimeout);
                return;
            }

            if (!succeeded)
            {
                await source.Poison.CreateIfNotExistsAsync();
                await source.Poison.SendMessageAsync(message.MessageText);
                Log.Poisoned(logger, message.MessageId, source.Poison.Name);
            }

            await source.Queue.DeleteMessageAsync(message.MessageId, receipt);
        }
        catch (Exception e)
        {
            Log.Unsettled(logger, message.MessageId, source.Queue.Name, e.Message);
        }
    }

    // The strings that the real host sends: JSON, so that times are in quotes.
    private Task<bool> RunAsync(QueueMessage message, string text) =>
        invoker.TryInvokeAsync(function, text, new Dictionary<string, object?>
        {
            ["Id"] = message.MessageId,
            ["DequeueCount"] = JsonSerializer.Serialize(message.DequeueCount),
            ["InsertionTime"] = JsonSerializer.Serialize(message.InsertedOn),
        });

    /// <returns>The receipt that the message can be changed with in the end.</returns>
    private async Task<string> KeepHiddenAsync(QueueMessage message, PeriodicTimer renewal)
    {
        var receipt = message.PopReceipt;
        while (await renewal.WaitForNextTickAsync())
        {
            try
            {
                receipt = await HideAsync(message, receipt, _hidden);
            }
            catch (Exception e)
            {
                Log.Unsettled(logger, message.MessageId, source.Queue.Name, e.Message);
            }
        }

        return receipt;
    }

    private async Task<string> HideAsync(QueueMessage message, string receipt, TimeSpan time) =>
        (await source.Queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: time)).Value.PopReceipt;

    private string? Decode(string text) =>
        options.MessageEncoding.Equals("none", StringComparison.OrdinalIgnoreCase) ? text
        : Base64.IsValid(text) ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Queue {Queue} cannot be reached, trying on: {Reason}")]
        public static partial void Unreachable(ILogger logger, string queue, string reason);

        [LoggerMessage(LogLevel.Error, "Message {Id} moved to {Queue}")]
        public static partial void Poisoned(ILogger logger, string id, string queue);

        [LoggerMessage(LogLevel.Warning, "Message {Id} of {Queue} could not be changed and may come again: {Reason}")]
        public static partial void Unsettled(ILogger logger, string id, string queue, string reason);
    }
}
