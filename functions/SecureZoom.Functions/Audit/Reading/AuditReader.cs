using System.Text.Json;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Reads a trail in pages, the newest record first.</summary>
public sealed class AuditReader(AuditTrail trail, TrailTimes times)
{
    private const int Block = 250;

    /// <summary>How many records one page may look at before it hands out a cursor; filters can leave few of them.</summary>
    private const int MaxLookedAt = 5000;

    /// <param name="before">Only records with a smaller sequence; null for the newest.</param>
    /// <returns>The records, and where to go on; null when there is nothing older.</returns>
    public async Task<(IReadOnlyList<AuditRecord> Records, long? Before)> ReadAsync(
        AuditQuery query, long? before, int limit, CancellationToken cancellationToken)
    {
        var (first, last) = await RangeAsync(query, cancellationToken);
        var newest = before is { } sequence ? Math.Min(sequence - 1, last) : last;
        var records = new List<AuditRecord>();
        for (var lookedAt = 0; newest >= first && lookedAt < MaxLookedAt; lookedAt += Block)
        {
            var oldest = Math.Max(first, newest - Block + 1);
            var block = await trail.ReadUpAsync(query.Organization, oldest, newest, cancellationToken).ToListAsync(cancellationToken);
            foreach (var record in block.AsEnumerable().Reverse().Select(stored => Read(query.Organization, stored)).Where(query.Matches))
            {
                records.Add(record);
                if (records.Count == limit)
                {
                    return (records, record.Sequence > first ? record.Sequence : null);
                }
            }

            newest = oldest - 1;
        }

        return (records, newest >= first ? newest + 1 : null);
    }

    /// <summary>The sequences that were recorded in the range asked for.</summary>
    public async Task<(long First, long Last)> RangeAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var first = query.From is { } from ? await times.FirstFromAsync(query.Organization, from, cancellationToken) : 1;
        var last = query.To is { } to
            ? await times.FirstFromAsync(query.Organization, to, cancellationToken) - 1
            : await trail.ReadSizeAsync(query.Organization, cancellationToken);
        return (first, last);
    }

    /// <summary>The record with all that proves it; one that cannot be read as what it is shown as.</summary>
    public static byte[] LineOf(StoredRecord stored, AuditRecord record) => record.IsReadable
        ? stored.Line!.ToBytes(record.Sentence)
        : JsonSerializer.SerializeToUtf8Bytes(record, AuditRecordJson.Default.AuditRecord);

    /// <summary>A stored record as people are shown it; where none can be read, one that says so.</summary>
    public static AuditRecord Read(string organization, StoredRecord stored) =>
        stored.Line is { } line && RecordFormat.TryRead(line.Record) is { } record ? record : AuditRecord.Unreadable(organization, stored.Sequence);
}
