using System.Security.Cryptography;

namespace SecureZoom.Functions.Audit;

/// <summary>The hash chain over a trail's lines.</summary>
internal static class AuditChain
{
    /// <summary>The hash before the first line: 32 zero bytes.</summary>
    public static byte[] Genesis { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>SHA-256 over the hash before and the line's bytes.</summary>
    public static byte[] Link(ReadOnlySpan<byte> before, ReadOnlySpan<byte> line)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(line);
        return hash.GetHashAndReset();
    }
}
