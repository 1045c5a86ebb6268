using System.Runtime.CompilerServices;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Indexing;

/// <summary>Finds a person's records, or those from an address, in a trail: the newest first, a tile at a time.</summary>
public sealed class TrailIndex
{
    /// <summary>Tiles whose filters are read together.</summary>
    private const int AtOnce = 64;

    /// <summary>Single records that are read side by side; of more in one tile the tile is read.</summary>
    private const int MostSingle = 32;

    /// <summary>Records behind the last tile with a filter that are looked at for names.</summary>
    private const int MostNew = 1_000;

    private readonly AuditTrail _trail;
    private readonly IndexTable _table;
    private readonly SecretStore _secrets;

    internal TrailIndex(AuditTrail trail, IndexTable table, SecretStore secrets) => (_trail, _table, _secrets) = (trail, table, secrets);

    /// <summary>Whoever is called so.</summary>
    /// <param name="name">An address, a subject, a pseudonym or a key.</param>
    internal async Task<PersonFilter> KnowAsync(string organization, string name, CancellationToken cancellationToken)
    {
        var marks = await TrailMarks.OpenAsync(_secrets, organization, cancellationToken);
        var person = new PersonFilter(marks, await _table.ReadLinkedAsync(organization, marks.OfName(name), cancellationToken));
        var size = await _trail.ReadSizeAsync(organization, cancellationToken);
        var tile = Math.Max(0, (size - MostNew) / Tile.FullWidth);
        var indexed = await _table.ReadTilesAsync(organization, tile, cancellationToken);
        while (indexed.Contains(tile))
        {
            tile++;
        }

        var first = Math.Max((tile * Tile.FullWidth) + 1, size - MostNew + 1);
        var records = await _trail.ReadUpAsync(organization, first, size, cancellationToken).ToListAsync(cancellationToken);
        person.Learn(records.Select(stored => stored.Line is { } line ? RecordFormat.TryRead(line.Record) : null).OfType<AuditRecord>());
        return person;
    }

    /// <summary>
    /// Records among which all of a person and an address are, from the newest back: of tiles that have a filter those that it names, of others all.
    /// </summary>
    /// <returns>The records of a tile, the newest first, and the first sequence that they are of.</returns>
    internal async IAsyncEnumerable<(IReadOnlyList<StoredRecord> Records, long From)> WalkAsync(
        string organization, PersonFilter? person, string? ip, long first, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var marks = await TrailMarks.OpenAsync(_secrets, organization, cancellationToken);
        var filters = new Dictionary<long, TileFilter>();
        var isFiltered = person is not null || ip is not null;
        var readTo = long.MaxValue;
        for (var newest = last; newest >= first;)
        {
            var tile = (newest - 1) / Tile.FullWidth;
            if (isFiltered && tile < readTo)
            {
                readTo = Math.Max((first - 1) / Tile.FullWidth, tile - AtOnce + 1);
                filters = await _table.ReadAsync(organization, readTo, tile, cancellationToken).ToDictionaryAsync(one => one.Tile, one => one.Filter, cancellationToken: cancellationToken);
            }

            var from = Math.Max(first, (tile * Tile.FullWidth) + 1);
            var records = filters.TryGetValue(tile, out var filter)
                ? await ReadAsync(organization, PlacesOf(filter, person, ip is null ? null : marks.OfIp(ip), from, newest), cancellationToken)
                : await _trail.ReadUpAsync(organization, from, newest, cancellationToken).ToListAsync(cancellationToken);
            yield return ([.. records.AsEnumerable().Reverse()], from);
            newest = from - 1;
        }
    }

    private static List<long> PlacesOf(TileFilter filter, PersonFilter? person, ulong? ip, long from, long to)
    {
        var places = new List<long>();
        for (var sequence = from; sequence <= to; sequence++)
        {
            var place = (int)((sequence - 1) % Tile.FullWidth);
            if ((person is null || filter.Has(person.Names, place)) && (ip is null || filter.Has([ip.Value], place)))
            {
                places.Add(sequence);
            }
        }

        return places;
    }

    private async Task<IReadOnlyList<StoredRecord>> ReadAsync(string organization, List<long> places, CancellationToken cancellationToken)
    {
        if (places.Count <= MostSingle)
        {
            return [.. (await Task.WhenAll(places.Select(place => _trail.ReadAsync(organization, place, cancellationToken)))).OfType<StoredRecord>()];
        }

        var found = await _trail.ReadUpAsync(organization, places[0], places[^1], cancellationToken).ToListAsync(cancellationToken);
        return [.. found.Where(stored => places.BinarySearch(stored.Sequence) >= 0)];
    }
}
