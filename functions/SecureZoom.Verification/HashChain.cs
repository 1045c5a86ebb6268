using System.Security.Cryptography;

namespace SecureZoom.Verification;

/// <summary>The hash chain over a trail's lines.</summary>
public static class HashChain
{
    /// <summary>The hash before the first line: 32 zero bytes.</summary>
    public static byte[] Genesis => new byte[SHA256.HashSizeInBytes];

    /// <summary>SHA-256 over the hash before and the line's bytes (UTF-8 JSON, without its line break).</summary>
    public static byte[] Link(ReadOnlySpan<byte> before, ReadOnlySpan<byte> line)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(line);
        return hash.GetHashAndReset();
    }
}
