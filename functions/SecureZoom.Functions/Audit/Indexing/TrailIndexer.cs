using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Indexing;

/// <summary>Writes the index of each tile that is signed whole, and ties together the names that its records have of people.</summary>
public sealed partial class TrailIndexer
{
    private const int Parallel = 4;

    private readonly AuditTrail _trail;
    private readonly TrailBeginnings _beginnings;
    private readonly IndexTable _table;
    private readonly SecretStore _secrets;
    private readonly ILogger<TrailIndexer> _logger;

    /// <summary>How many of the newest tiles' rows are read, and not only their keys.</summary>
    private const int LookedAt = 4;

    /// <summary>Up to which record this instance has looked at each trail, and which tiles are indexed.</summary>
    private readonly ConcurrentDictionary<string, (long Size, long First, long Tiles)> _known = new(StringComparer.Ordinal);

    internal TrailIndexer(AuditTrail trail, TrailBeginnings beginnings, IndexTable table, SecretStore secrets, ILogger<TrailIndexer> logger) =>
        (_trail, _beginnings, _table, _secrets, _logger) = (trail, beginnings, table, secrets, logger);

    /// <param name="sizes">Up to which record each trail is signed.</param>
    public Task RunAsync(IReadOnlyDictionary<string, long> sizes, CancellationToken cancellationToken) =>
        System.Threading.Tasks.Parallel.ForEachAsync(
            sizes.Where(trail => trail.Value > _known.GetValueOrDefault(trail.Key).Size),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (trail, token) =>
            {
                try
                {
                    await IndexAsync(trail.Key, trail.Value, token);
                }
                catch (Exception exception) when (!token.IsCancellationRequested)
                {
                    Log.Failed(_logger, trail.Key, exception);
                }
            });

    /// <summary>Writes a tile's filter as its records are now.</summary>
    /// <exception cref="TrailDamagedException">They are not as we left them, and there is no filter.</exception>
    internal async Task WriteAsync(string organization, long tile, TrailMarks marks, HashSet<ulong> linked, CancellationToken cancellationToken)
    {
        var (filter, first) = (new TileFilter(), (tile * Tile.FullWidth) + 1);
        await foreach (var stored in _trail.ReadOwnAsync(organization, first, cancellationToken, first + Tile.FullWidth - 1))
        {
            if (RecordFormat.TryRead(stored.Line!.Record) is not { } record)
            {
                continue;
            }

            foreach (var mark in marks.OfPeople(record).Concat(record.Client?.Ip is { } ip ? [marks.OfIp(ip)] : []))
            {
                filter.Add(mark, (int)(stored.Sequence - first));
            }

            if (marks.Linked(record) is { Count: > 0 } names && !names.IsSubsetOf(linked))
            {
                await _table.LinkAsync(organization, names, cancellationToken);
                linked.UnionWith(names);
            }
        }

        await _table.WriteAsync(organization, tile, filter, cancellationToken);
    }

    private async Task IndexAsync(string organization, long size, CancellationToken cancellationToken)
    {
        var beginning = await _beginnings.ReadAsync(organization, cancellationToken);
        var (first, tiles) = ((beginning.Size + Tile.FullWidth - 1) / Tile.FullWidth, size / Tile.FullWidth);
        var known = _known.GetValueOrDefault(organization);
        if (!beginning.HasLeft && (known.Size == 0 || known.First < first || known.Tiles < tiles))
        {
            var written = await _table.ReadTilesAsync(organization, 0, cancellationToken);
            if (written.Any(tile => tile < first))
            {
                await _table.RemoveBeforeAsync(organization, first, cancellationToken);
            }

            // Whoever can write to the table may have written some before us: those that became whole lately count only where they are ours.
            var lately = Math.Max(first, tiles - LookedAt);
            written.RemoveWhere(tile => tile >= lately);
            await foreach (var (tile, _) in _table.ReadAsync(organization, lately, tiles - 1, cancellationToken))
            {
                written.Add(tile);
            }

            var (marks, linked) = (await TrailMarks.OpenAsync(_secrets, organization, cancellationToken), new HashSet<ulong>());
            for (var tile = first; tile < tiles; tile++)
            {
                if (!written.Contains(tile))
                {
                    await WriteAsync(organization, tile, marks, linked, cancellationToken);
                }
            }
        }

        _known[organization] = (size, first, tiles);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 261, Level = LogLevel.Error, Message = "The trail of {Organization} could not be indexed now")]
        public static partial void Failed(ILogger logger, string organization, Exception exception);
    }
}
