using System.Text.Json;

namespace SecureZoom.Functions.Audit;

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
        var newest = (before ?? await trail.LastSequenceAsync(query.Organization, cancellationToken) + 1) - 1;
        var lines = new List<ReadOnlyMemory<byte>>();
        for (var lookedAt = 0; newest > 0 && lookedAt < MaxLookedAt; lookedAt += Block)
        {
            var oldest = Math.Max(1, newest - Block + 1);
            foreach (var (sequence, line) in await trail.ReadDownAsync(query.Organization, newest, oldest, cancellationToken))
            {
                var record = JsonSerializer.Deserialize(line.Span, AuditJson.Default.AuditRecord)!;
                if (record.RecordedAt < query.From)
                {
                    return (lines, null);
                }

                if (query.Matches(record))
                {
                    lines.Add(line);
                }

                if (lines.Count == limit)
                {
                    return (lines, sequence > 1 ? sequence : null);
                }
            }

            newest = oldest - 1;
        }

        return (lines, newest > 0 ? newest + 1 : null);
    }
}
