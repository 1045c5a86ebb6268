using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace SecureZoom.LocalHost.Queues;

/// <summary>Keeps a received message hidden while its function runs.</summary>
internal sealed class MessageLease : IAsyncDisposable
{
    /// <summary>
    /// The real host hides for ten minutes, and so long is a message of a killed process lost from sight.
    /// On a developer's machine processes are killed all the time: hence half a minute.
    /// </summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _ended = new();
    private readonly Task<string> _renewal;

    public MessageLease(QueueClient queue, QueueMessage message) => _renewal = RenewAsync(queue, message);

    /// <returns>The receipt that the message can be deleted or changed with.</returns>
    public async Task<string> EndAsync()
    {
        await _ended.CancelAsync();
        return await _renewal;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ended.Dispose();
    }

    private async Task<string> RenewAsync(QueueClient queue, QueueMessage message)
    {
        var receipt = message.PopReceipt;
        while (true)
        {
            await Task.Delay(Duration / 2, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ended.IsCancellationRequested)
            {
                return receipt;
            }

            try
            {
                // Never cancelled midway: the receipt that the queue gives out then would be lost.
                var update = await queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: Duration);
                receipt = update.Value.PopReceipt;
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException)
            {
                // The next turn tries again; should all fail, the message comes back by itself.
            }
        }
    }
}
