using System.Globalization;

namespace SecureZoom.Verification.Log;

/// <summary>
/// A piece of the tree as it is stored (c2sp.org/tlog-tiles): neighbouring hashes of a level, those of leaves on level 0, and on each
/// other the roots over the full tiles of the level below.
/// </summary>
/// <param name="Level">0 to 6.</param>
/// <param name="Index">Within the level, from 0.</param>
/// <param name="Width">Hashes in it, 1 to <see cref="FullWidth"/>.</param>
public readonly record struct Tile(int Level, long Index, int Width)
{
    /// <summary>Levels of the tree that a tile spans.</summary>
    public const int Height = 8;

    /// <summary>Hashes in a full tile: 8,192 bytes.</summary>
    public const int FullWidth = 1 << Height;

    public bool IsFull => Width == FullWidth;

    /// <summary>Length in bytes.</summary>
    public int ByteCount => Width * Merkle.HashSize;

    /// <summary>As a log serves it, <c>tile/0/x001/x234/067.p/112</c> say.</summary>
    public string Path
    {
        get
        {
            var name = (Index % 1000).ToString("D3", CultureInfo.InvariantCulture);
            for (var rest = Index / 1000; rest > 0; rest /= 1000)
            {
                name = $"x{(rest % 1000).ToString("D3", CultureInfo.InvariantCulture)}/{name}";
            }

            return FormattableString.Invariant($"tile/{Level}/{name}{(IsFull ? "" : $".p/{Width}")}");
        }
    }

    /// <summary>The tile at this place in a tree of so many leaves, as wide as it is there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has none there.</exception>
    public static Tile At(int level, long index, long size)
    {
        var width = (size >> (Height * level)) - (index << Height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width, nameof(index));
        return new Tile(level, index, (int)Math.Min(width, FullWidth));
    }

    /// <summary>The tiles that became full while the tree grew, the lower levels first, since the higher are made of them.</summary>
    public static IEnumerable<Tile> Filled(long oldSize, long size)
    {
        for (var level = 0; size >> (Height * (level + 1)) > 0; level++)
        {
            var end = size >> (Height * (level + 1));
            for (var index = oldSize >> (Height * (level + 1)); index < end; index++)
            {
                yield return new Tile(level, index, FullWidth);
            }
        }
    }

    /// <summary>The tiles at the right edge of a tree of so many leaves, the lower levels first; those that would be empty are left out.</summary>
    public static IEnumerable<Tile> Partial(long size)
    {
        for (var level = 0; size >> (Height * level) > 0; level++)
        {
            var hashes = size >> (Height * level);
            if (hashes % FullWidth > 0)
            {
                yield return At(level, hashes >> Height, size);
            }
        }
    }

    /// <summary>The root over a power of two of neighbouring hashes: over those of a full tile, the tile's hash on the level above.</summary>
    /// <param name="hashes">32 bytes each.</param>
    public static byte[] Root(ReadOnlySpan<byte> hashes)
    {
        var half = hashes.Length / 2;
        return hashes.Length <= Merkle.HashSize ? hashes.ToArray() : Merkle.NodeHash(Root(hashes[..half]), Root(hashes[half..]));
    }
}
