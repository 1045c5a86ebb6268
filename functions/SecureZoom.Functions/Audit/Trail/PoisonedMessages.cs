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
            var opened = found.ConvertAll(message => AuditMessage.Open(message, keys));
            return new PoisonedEvents(
                [.. opened.SelectMany(message => message.Entries).Select(entry => entry.Entry.Number)],
                ByOrganization(opened.SelectMany(Organizations), unseen: count - found.Count),
                HasOthers: found.Count == MostLookedAt || found.Count < count);
        }
        catch (RequestFailedException)
        {
            // It does not answer.
            return new PoisonedEvents([], ByOrganization([], unseen: count), HasOthers: true);
        }
    }

    /// <summary>Each organisation that a message names once; what is none of ours names nobody, whatever it says.</summary>
    private static IEnumerable<string> Organizations(OpenedMessage message) => message.Entries
        .SelectMany(entry => Organizations(entry.Entry))
        .Concat(message.Entries.Count == 0 || message.Foreign.Length > 0 ? [PoisonedEvents.NoOnes] : [])
        .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Organizations(AuditEntry entry)
    {
        yield return EventNumber.OrganizationOf(entry.Number.Stream) ?? PoisonedEvents.NoOnes;
        if (entry.Event?.AlsoIn is { } second)
        {
            yield return second;
        }
    }

    private static Dictionary<string, int> ByOrganization(IEnumerable<string> named, int unseen) => named
        .Concat(Enumerable.Repeat(PoisonedEvents.NoOnes, Math.Max(0, unseen)))
        .CountBy(organization => organization, StringComparer.Ordinal)
        .ToDictionary(StringComparer.Ordinal);
}
