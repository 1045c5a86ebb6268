using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Azure.Storage.Queues.Specialized;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>The queue <c>audit-events-poison</c>: messages that nobody could settle, until an operator has looked.</summary>
public sealed class PoisonedMessages(QueueClient queue, SecretStore secrets)
{
    /// <summary>What the service shows at once, and nothing behind it.</summary>
    private const int MostShown = 32;

    private readonly QueueClient _poison = queue.GetParentQueueServiceClient().GetQueueClient($"{queue.Name}-poison");

    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) => await CountAsync(cancellationToken) == 0;

    /// <summary>What lies there, as far as can be told.</summary>
    internal async Task<PoisonedEvents> LookAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            count = await CountAsync(cancellationToken);
            PeekedMessage[] shown = count == 0 ? [] : (await _poison.PeekMessagesAsync(MostShown, cancellationToken)).Value;
            var keys = await secrets.AllAsync(SecretNames.AuditMessageKey, cancellationToken);
            var entries = shown.SelectMany(message => AuditMessage.Open(message.Body.ToArray(), keys).Entries);
            return new PoisonedEvents([.. entries.Select(entry => entry.Entry.Number)], count, HasOthers: count > shown.Length);
        }
        catch (Exception exception) when (exception is RequestFailedException or FormatException)
        {
            // It does not answer, or somebody has put there what is no message.
            return new PoisonedEvents([], count, HasOthers: true);
        }
    }

    private async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _poison.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            // There is no such queue while there is no such message.
            return 0;
        }
    }
}
