using System.Text.Json;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Indexing;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Reads a trail in pages, the newest record first.</summary>
public sealed class AuditReader(AuditTrail trail, TrailBeginnings beginnings, TrailTimes times, TrailIndex index)
{
    /// <summary>How many records one page may look at before it hands out a cursor; filters can leave few of them.</summary>
    private const int MaxLookedAt = 5000;

    /// <summary>How many records a tile's filter counts as.</summary>
    private const int FilterWeight = 16;

    /// <param name="before">Only records with a smaller sequence; null for the newest.</param>
    public async Task<AuditFound> ReadAsync(AuditQuery query, long? before, int limit, CancellationToken cancellationToken)
    {
        var (first, last) = await RangeAsync(query, cancellationToken);
        var newest = before is { } sequence ? Math.Min(sequence - 1, last) : last;
        var person = await KnowAsync(query, cancellationToken);
        var (records, oldest, lookedAt) = (new List<AuditRecord>(), newest + 1, 0);
        await foreach (var (block, from) in index.WalkAsync(query.Organization, person, query.Ip, first, newest, cancellationToken))
        {
            foreach (var record in block.Select(stored => Read(query.Organization, stored)).Where(record => query.Matches(record, person)))
            {
                records.Add(record);
                if (records.Count == limit)
                {
                    return Found(record.Sequence);
                }
            }

            // Also a tile of which none is asked for was looked at, by its filter, which is as much to read as some records.
            (oldest, lookedAt) = (from, lookedAt + Math.Max(FilterWeight, block.Count));
            if (lookedAt >= MaxLookedAt)
            {
                break;
            }
        }

        return Found(oldest);

        AuditFound Found(long to) => new(records, to > first ? to : null, to <= newest ? new LookedAt(to, newest) : null);
    }

    /// <summary>The sequences that were recorded in the range asked for.</summary>
    public async Task<(long First, long Last)> RangeAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var begin = Math.Max(query.After ?? 0, (await beginnings.ReadAsync(query.Organization, cancellationToken)).Size) + 1;
        // Before the first is looked for: what comes meanwhile is behind both, also where the range begins in the future.
        var last = query.To is { } to
            ? await times.LastBeforeAsync(query.Organization, to, cancellationToken)
            : await trail.ReadSizeAsync(query.Organization, cancellationToken);
        var first = query.From is { } from ? Math.Max(begin, await times.FirstFromAsync(query.Organization, from, cancellationToken)) : begin;
        return (first, last);
    }

    /// <summary>The record with all that proves it; one that cannot be read as what it is shown as.</summary>
    public static byte[] LineOf(StoredRecord stored, AuditRecord record) => record.IsReadable
        ? stored.Line!.ToBytes(record.Sentence)
        : JsonSerializer.SerializeToUtf8Bytes(record, AuditRecordJson.Default.AuditRecord);

    /// <summary>A stored record as people are shown it; where none can be read, one that says so.</summary>
    public static AuditRecord Read(string organization, StoredRecord stored) =>
        stored.Line is { } line && RecordFormat.TryRead(line.Record) is { } record
            ? record with { ErasedBy = stored.ErasedBy.Count > 0 ? stored.ErasedBy : null }
            : AuditRecord.Unreadable(organization, stored.Sequence);

    /// <summary>The person who is asked for, by all their names; null for everybody.</summary>
    internal async Task<PersonFilter?> KnowAsync(AuditQuery query, CancellationToken cancellationToken) =>
        query.Person is { } name ? await index.KnowAsync(query.Organization, name, cancellationToken) : null;
}
