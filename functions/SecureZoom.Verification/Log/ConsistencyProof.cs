using System.Numerics;

namespace SecureZoom.Verification.Log;

/// <summary>Whether a tree is the beginning of another (RFC 9162 §2.1.4).</summary>
public static class ConsistencyProof
{
    /// <summary>Whether the path leads to both roots. From an empty tree, and between equal ones, the path is empty.</summary>
    /// <param name="path">From the lowest node upwards.</param>
    public static bool Verify(IReadOnlyList<byte[]> path, TreeHead old, TreeHead head)
    {
        if (old.Size < 0 || old.Size > head.Size || path.Append(old.Root).Append(head.Root).Any(hash => hash.Length != Merkle.HashSize))
        {
            return false;
        }

        if (old.Size == 0)
        {
            return path.Count == 0 && old.Equals(TreeHead.Empty) && (head.Size > 0 || head.Equals(old));
        }

        if (old.Size == head.Size)
        {
            return path.Count == 0 && old.Equals(head);
        }

        // The root of a perfect old tree is itself the first node, and is left out.
        var isPerfect = BitOperations.IsPow2(old.Size);
        if (path.Count == 0)
        {
            return false;
        }

        var (node, last) = (old.Size - 1, head.Size - 1);
        while (long.IsOddInteger(node))
        {
            (node, last) = (node >> 1, last >> 1);
        }

        var oldRoot = isPerfect ? old.Root : path[0];
        var root = oldRoot;
        foreach (var hash in path.Skip(isPerfect ? 0 : 1))
        {
            if (last == 0)
            {
                return false;
            }

            if (long.IsOddInteger(node) || node == last)
            {
                (oldRoot, root) = (Merkle.NodeHash(hash, oldRoot), Merkle.NodeHash(hash, root));
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

        return last == 0 && oldRoot.AsSpan().SequenceEqual(old.Root) && root.AsSpan().SequenceEqual(head.Root);
    }
}
