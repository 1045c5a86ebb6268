namespace SecureZoom.Verification.Log;

/// <summary>Whether a leaf is in a tree (RFC 9162 §2.1.3).</summary>
public static class InclusionProof
{
    /// <summary>
    /// Whether the path leads from this leaf to the root. A path does not bind the tree's size, so the head must be one that is trusted,
    /// never one that came with the path.
    /// </summary>
    /// <param name="path">From the leaf's sibling upwards.</param>
    /// <param name="index">From 0.</param>
    public static bool Verify(IReadOnlyList<byte[]> path, long index, ReadOnlySpan<byte> leafHash, TreeHead head)
    {
        if (index < 0 || index >= head.Size || leafHash.Length != Merkle.HashSize || path.Any(hash => hash.Length != Merkle.HashSize))
        {
            return false;
        }

        var (node, last) = (index, head.Size - 1);
        var root = leafHash.ToArray();
        foreach (var hash in path)
        {
            if (last == 0)
            {
                return false;
            }

            if (long.IsOddInteger(node) || node == last)
            {
                root = Merkle.NodeHash(hash, root);
                // A last node without a sibling moves up as it is.
                while (long.IsEvenInteger(node) && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                root = Merkle.NodeHash(root, hash);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && root.AsSpan().SequenceEqual(head.Root);
    }
}
