using System.Buffers.Binary;
using System.Collections;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Indexing;

/// <summary>
/// In which of a tile's 256 places each mark stands. As bytes: each mark (eight, little-endian), growing, with its places behind it (a bit a
/// place, the first the lowest of the first byte).
/// </summary>
internal sealed class TileFilter
{
    private const int PlaceBytes = Tile.FullWidth / 8;
    private const int EntryBytes = sizeof(ulong) + PlaceBytes;

    private readonly SortedDictionary<ulong, BitArray> _places = [];

    public void Add(ulong mark, int place)
    {
        if (!_places.TryGetValue(mark, out var places))
        {
            _places[mark] = places = new BitArray(Tile.FullWidth);
        }

        places[place] = true;
    }

    public bool Has(ulong mark) => _places.ContainsKey(mark);

    /// <summary>Whether any of the marks stands in a place.</summary>
    public bool Has(IEnumerable<ulong> marks, int place) => marks.Any(mark => _places.TryGetValue(mark, out var places) && places[place]);

    public byte[] ToBytes()
    {
        var bytes = new byte[_places.Count * EntryBytes];
        foreach (var (index, (mark, places)) in _places.Index())
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(index * EntryBytes), mark);
            places.CopyTo(bytes, (index * EntryBytes) + sizeof(ulong));
        }

        return bytes;
    }

    public static TileFilter Of(byte[] bytes)
    {
        var filter = new TileFilter();
        foreach (var entry in bytes.Chunk(EntryBytes))
        {
            filter._places[BinaryPrimitives.ReadUInt64LittleEndian(entry)] = new BitArray(entry[sizeof(ulong)..]);
        }

        return filter;
    }
}
