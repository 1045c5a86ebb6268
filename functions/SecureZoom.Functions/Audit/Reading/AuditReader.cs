using System.Text.Json;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Reads a trail in pages, the newest record first.</summary>
public sealed class AuditReader(AuditTrail trail)
{
    private const int Block = 250;

    /// <summary>How many records one page may look at before it hands out a cursor; filters can leave few of them.</summary>
    private const int MaxLookedAt = 5000;

    /// <param name="before">Only records with a smaller sequence; null for the newest.</param>
    /// <returns>The lines as stored, and where to go on; null when there is nothing older.</returns>
    public async Task<(IReadOnlyList<ReadOnlyMemory<byte>> Lines, long? Before)> ReadAsync(
        AuditQuery query, long? before, int limit, CancellationToken cancellationToken)
    {
        var (first, last) = await RangeAsync(query, cancellationToken);
        var newest = before is { } sequence ? Math.Min(sequence - 1, last) : last;
        var lines = new List<ReadOnlyMemory<byte>>();
        for (var lookedAt = 0; newest >= first && lookedAt < MaxLookedAt; lookedAt += Block)
        {
            var oldest = Math.Max(first, newest - Block + 1);
            var block = await trail.ReadUpAsync(query.Organization, oldest, newest, cancellationToken).ToListAsync(cancellationToken);
            foreach (var stored in block.AsEnumerable().Reverse().Where(stored => query.Matches(Read(stored))))
            {
                lines.Add(stored.Line);
                if (lines.Count == limit)
                {
                    return (lines, stored.Sequence > first ? stored.Sequence : null);
                }
            }

            newest = oldest - 1;
        }

        return (lines, newest >= first ? newest + 1 : null);
    }

    /// <summary>The sequences that can have been recorded in the range asked for: whole days.</summary>
    public async Task<(long First, long Last)> RangeAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var first = query.From is { } from ? await trail.FirstOfDayAsync(query.Organization, from, cancellationToken) : 1;
        var last = query.To is { } to
            ? await trail.LastOfDayAsync(query.Organization, to, cancellationToken)
            : (await trail.ReadEndAsync(query.Organization, cancellationToken)).Sequence;
        return (first, last);
    }

    public static AuditRecord Read(StoredRecord stored) => JsonSerializer.Deserialize(stored.Line, AuditRecordJson.Default.AuditRecord)!;
}
