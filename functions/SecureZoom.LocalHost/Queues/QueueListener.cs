using System.Text;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SecureZoom.LocalHost.Hosting;

namespace SecureZoom.LocalHost.Queues;

/// <summary>Polls a queue and runs its function for each message.</summary>
internal sealed partial class QueueListener(
    HostedFunction function, QueueSource source, QueueOptions options, FunctionInvoker invoker,
    IHostApplicationLifetime lifetime, ILogger<QueueListener> logger) : TriggerListener(lifetime)
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(100);
    private bool _queueExists;
    private bool _unreachable;

    protected override async Task ListenAsync(CancellationToken stopping)
    {
        var running = new List<Task>();
        var pause = _shortestPause;
        while (!stopping.IsCancellationRequested)
        {
            var messages = await ReceiveAsync();
            running.AddRange(messages.Select(message => stopping.IsCancellationRequested ? ReleaseAsync(message) : ProcessAsync(message)));
            if (messages.Length > 0)
            {
                pause = _shortestPause;
            }
            else
            {
                await Task.Delay(pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < options.MaxPollingInterval ? pause * 2 : options.MaxPollingInterval;
            }

            running.RemoveAll(task => task.IsCompleted);
            while (running.Count > (options.NewBatchThreshold ?? options.BatchSize / 2))
            {
                running.Remove(await Task.WhenAny(running));
            }
        }

        await Task.WhenAll(running);
    }

    private async Task<QueueMessage[]> ReceiveAsync()
    {
        try
        {
            if (!_queueExists)
            {
                await source.Queue.CreateIfNotExistsAsync(cancellationToken: GiveUp);
                _queueExists = true;
            }

            // Not cancelled by a stop: messages already handed out would stay hidden without anybody knowing them.
            var messages = await source.Queue.ReceiveMessagesAsync(options.BatchSize, MessageLease.Duration, GiveUp);
            if (_unreachable)
            {
                _unreachable = false;
                Log.ReachableAgain(logger, source.Queue.Name);
            }

            return messages.Value;
        }
        catch (Exception e)
        {
            _queueExists = false;
            if (!_unreachable)
            {
                _unreachable = true;
                Log.Unreachable(logger, source.Queue.Name, e.Message);
            }

            return [];
        }
    }

    /// <summary>Never throws: a message that cannot be settled comes back when its lease ends.</summary>
    private async Task ProcessAsync(QueueMessage message)
    {
        try
        {
            await using var lease = new MessageLease(source.Queue, message);
            var text = Decode(message.MessageText);
            var succeeded = text is not null && message.DequeueCount <= options.MaxDequeueCount && await RunAsync(message, text);
            var receipt = await lease.EndAsync();
            if (!succeeded && text is not null && message.DequeueCount < options.MaxDequeueCount)
            {
                await source.Queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: options.VisibilityTimeout);
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

    private async Task<bool> RunAsync(QueueMessage message, string text)
    {
        var bindingData = new Dictionary<string, object?>
        {
            ["QueueTrigger"] = text,
            ["Id"] = message.MessageId,
            ["PopReceipt"] = message.PopReceipt,
            ["DequeueCount"] = JsonSerializer.Serialize(message.DequeueCount),
            ["InsertionTime"] = JsonSerializer.Serialize(message.InsertedOn),
            ["ExpirationTime"] = JsonSerializer.Serialize(message.ExpiresOn),
            ["NextVisibleTime"] = JsonSerializer.Serialize(message.NextVisibleOn),
        };
        try
        {
            await invoker.InvokeAsync(function, text, bindingData, GiveUp);
            return true;
        }
        catch (Exception e)
        {
            Log.Failed(logger, e, function.Name, message.MessageId, message.DequeueCount);
            return false;
        }
    }

    private async Task ReleaseAsync(QueueMessage message)
    {
        try
        {
            await source.Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero);
        }
        catch (Exception e)
        {
            Log.Unsettled(logger, message.MessageId, source.Queue.Name, e.Message);
        }
    }

    private string? Decode(string text)
    {
        if (string.Equals(options.MessageEncoding, "none", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Queue {Queue} cannot be reached, trying on: {Reason}")]
        public static partial void Unreachable(ILogger logger, string queue, string reason);

        [LoggerMessage(LogLevel.Information, "Queue {Queue} can be reached again")]
        public static partial void ReachableAgain(ILogger logger, string queue);

        [LoggerMessage(LogLevel.Error, "Queue function {Function} failed with message {Id}, attempt {Attempt}")]
        public static partial void Failed(ILogger logger, Exception exception, string function, string id, long attempt);

        [LoggerMessage(LogLevel.Error, "Message {Id} moved to {Queue}")]
        public static partial void Poisoned(ILogger logger, string id, string queue);

        [LoggerMessage(LogLevel.Warning, "Message {Id} of {Queue} could not be settled and will come back: {Reason}")]
        public static partial void Unsettled(ILogger logger, string id, string queue, string reason);
    }
}
