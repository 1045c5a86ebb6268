using Azure;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>What nobody could settle, and lies in the poison queue until an operator has looked.</summary>
public sealed class PoisonedMessages(PoisonStore queue, SecretStore secrets)
{
    /// <summary>How many messages are looked through: who can put more there can hide what is behind them, and is heard of by the alert.</summary>
    internal const int MostLookedAt = 1_000;

    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) => await queue.CountAsync(cancellationToken) == 0;

    /// <summary>What lies there, as far as can be told. Where there is more than the service shows, each message is taken out for a moment.</summary>
    internal async Task<PoisonedEvents> LookAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            count = await queue.CountAsync(cancellationToken);
            List<byte[]> found = count == 0 ? [] : [.. await queue.PeekAsync(cancellationToken)];
            // What somebody else has taken out for a moment counts, and is not seen.
            if (count > found.Count)
            {
                found = await queue.TakeAllAsync(cancellationToken).Take(MostLookedAt).Select(message => message.Content).ToListAsync(cancellationToken);
            }

            var keys = await secrets.AllAsync(SecretNames.AuditMessageKey, cancellationToken);
            var entries = found.SelectMany(message => AuditMessage.Open(message, keys).Entries);
            return new PoisonedEvents([.. entries.Select(entry => entry.Entry.Number)], count, HasOthers: found.Count == MostLookedAt || found.Count < count);
        }
        catch (RequestFailedException)
        {
            // It does not answer.
            return new PoisonedEvents([], count, HasOthers: true);
        }
    }
}
