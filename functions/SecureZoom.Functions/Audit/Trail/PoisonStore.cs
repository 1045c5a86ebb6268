using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// The queue <c>audit-events-poison</c>, message by message: each is read by itself, since one that somebody else put there may not be base64, which
/// the Functions host writes.
/// </summary>
/// <param name="queue">Without an encoding: the SDK's would fail for all of a batch that holds one.</param>
public sealed class PoisonStore(QueueClient queue)
{
    public const string QueueName = $"{AuditRecorder.QueueName}-poison";

    /// <summary>The most that the service hands out at once.</summary>
    private const int AtOnce = 32;

    /// <summary>How long nobody else sees a message that is looked at.</summary>
    private static readonly TimeSpan Looking = TimeSpan.FromMinutes(1);

    /// <summary>A message never ends by itself.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    /// <summary>How many messages lie there, about.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            // There is no such queue while there is no such message.
            return 0;
        }
    }

    /// <summary>The first messages, of which nobody notices that they were looked at: 32 at the most, and never what is behind them.</summary>
    public async Task<IReadOnlyList<byte[]>> PeekAsync(CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await queue.PeekMessagesAsync(AtOnce, cancellationToken)).Value.Select(message => Decode(message.Body))];
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return [];
        }
    }

    /// <summary>Every message, once, out of others' sight meanwhile. What is neither replaced nor removed is there again at the end.</summary>
    internal async IAsyncEnumerable<PoisonMessage> TakeAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new Dictionary<string, PoisonMessage>(StringComparer.Ordinal);
        try
        {
            for (var isNew = true; isNew;)
            {
                isNew = false;
                foreach (var message in await ReceiveAsync(cancellationToken))
                {
                    var isFirst = !seen.ContainsKey(message.MessageId);
                    var taken = seen[message.MessageId] = new PoisonMessage(this, message, Decode(message.Body));
                    if (isFirst)
                    {
                        isNew = true;
                        yield return taken;
                    }
                }
            }
        }
        finally
        {
            foreach (var message in seen.Values.Where(message => !message.IsSettled))
            {
                await ShowAsync(message.Message, CancellationToken.None);
            }
        }
    }

    internal Task AddAsync(string line, CancellationToken cancellationToken) =>
        queue.SendMessageAsync(Encode(line), timeToLive: Forever, cancellationToken: cancellationToken);

    internal Task RemoveAsync(QueueMessage message, CancellationToken cancellationToken) =>
        queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);

    internal Task ReplaceAsync(QueueMessage message, string line, CancellationToken cancellationToken) =>
        queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, Encode(line), TimeSpan.Zero, cancellationToken);

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await queue.ReceiveMessagesAsync(AtOnce, Looking, cancellationToken)).Value;
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return [];
        }
    }

    private async Task ShowAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status404NotFound or StatusCodes.Status400BadRequest)
        {
            // Somebody has taken it meanwhile.
        }
    }

    private static string Encode(string line) => Convert.ToBase64String(Encoding.UTF8.GetBytes(line));

    private static byte[] Decode(BinaryData body)
    {
        var text = body.ToString();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : body.ToArray();
    }
}
