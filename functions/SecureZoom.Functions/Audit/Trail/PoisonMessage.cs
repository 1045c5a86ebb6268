using Azure.Storage.Queues.Models;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>A message of the poison queue that was taken out to be looked at.</summary>
internal sealed class PoisonMessage(PoisonStore queue, QueueMessage message, byte[] content)
{
    public string Id => message.MessageId;

    /// <summary>What it holds, whoever put it there.</summary>
    public byte[] Content => content;

    /// <summary>Whether it is removed or replaced.</summary>
    public bool IsSettled { get; private set; }

    internal QueueMessage Message => message;

    public Task RemoveAsync(CancellationToken cancellationToken)
    {
        IsSettled = true;
        return queue.RemoveAsync(message, cancellationToken);
    }

    /// <summary>Puts another one in its place, where others see it at once.</summary>
    public Task ReplaceAsync(string line, CancellationToken cancellationToken)
    {
        IsSettled = true;
        return queue.ReplaceAsync(message, line, cancellationToken);
    }
}
