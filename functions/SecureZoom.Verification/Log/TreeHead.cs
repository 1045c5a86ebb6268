namespace SecureZoom.Verification.Log;

/// <summary>How many leaves a tree has, and its root: one without the other says nothing.</summary>
/// <param name="Size">At least 0, at most <see cref="MaxSize"/>.</param>
/// <param name="Root">32 bytes.</param>
public sealed record TreeHead(long Size, byte[] Root)
{
    /// <summary>2^53 - 1: no larger number survives in JSON and in a browser.</summary>
    public const long MaxSize = (1L << 53) - 1;

    /// <summary>Of a tree without leaves.</summary>
    public static TreeHead Empty => new(0, Merkle.EmptyRoot);

    public bool Equals(TreeHead? other) => other is not null && Size == other.Size && Root.AsSpan().SequenceEqual(other.Root);

    public override int GetHashCode() => Size.GetHashCode();
}
