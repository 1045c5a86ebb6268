using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.IdentityEvents;

namespace SecureZoom.Functions.Webhooks.Okta;

/// <summary>From when on a System Log is read where no place in it is known: leaving no gap. What is read twice changes nothing.</summary>
public sealed class OktaLogStart(IdentityEventsOptions options, AuditReader trail, TimeProvider time)
{
    /// <summary>How long Okta keeps its log.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Events may be persisted late.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <param name="readTo">Up to when it was read, where that is known.</param>
    public async Task<DateTimeOffset> FindAsync(IdentitySource source, DateTimeOffset? readTo, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - Kept;
        var end = readTo ?? await FindLastAsync(source, oldest, cancellationToken);
        return end is { } last && last - Overlap > oldest ? last - Overlap : oldest;
    }

    /// <summary>When the last event happened that the trail has of a source; null where it has none, or nobody could say of which source they are.</summary>
    private async Task<DateTimeOffset?> FindLastAsync(IdentitySource source, DateTimeOffset from, CancellationToken cancellationToken)
    {
        if (source.OnlyOrganization is not { } organization
            || options.Sources.Any(other => other != source && other.Type == source.Type && other.MaySpeakFor(organization)))
        {
            return null;
        }

        var query = new AuditQuery(organization, from, To: null, Action: null, Person: null, Ip: null, Meeting: null, Outcome: null, AuditSources.Okta);
        long? before = null;
        do
        {
            var page = await trail.ReadAsync(query, before, limit: 1, cancellationToken);
            if (page.Records.FirstOrDefault(record => record.IsReadable) is { } last)
            {
                return last.OccurredAt;
            }

            before = page.Before;
        }
        while (before is not null);
        return null;
    }
}
