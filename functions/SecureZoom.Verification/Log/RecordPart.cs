using System.Security.Cryptography;

namespace SecureZoom.Verification.Log;

/// <summary>
/// A person or a text of a record, under a salt of its own; or where that was destroyed or is left out, the commitment to it alone, which
/// says nothing of it and still makes up the leaf.
/// </summary>
public sealed class RecordPart
{
    private readonly byte[]? _commitment;

    private RecordPart(ReadOnlyMemory<byte> bytes, byte[] salt, byte[]? commitment)
    {
        (Bytes, Salt, _commitment) = (bytes, salt, commitment);
    }

    /// <summary>UTF-8 JSON; <c>null</c> of a withheld one.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Of <see cref="LogRecord.SaltSize"/> bytes; empty of a withheld one.</summary>
    public byte[] Salt { get; }

    /// <summary>Whether nothing is known of it but its commitment.</summary>
    public bool IsWithheld => _commitment is not null;

    /// <summary>HMAC-SHA256 with the salt as its key.</summary>
    public byte[] Commitment => _commitment ?? HMACSHA256.HashData(Salt, Bytes.Span);

    public static RecordPart Of(ReadOnlyMemory<byte> bytes, byte[] salt) => new(bytes, salt, commitment: null);

    public static RecordPart Withheld(byte[] commitment) => new("null"u8.ToArray(), [], commitment);

    /// <summary>The same without what it holds.</summary>
    public RecordPart Withhold() => Withheld(Commitment);
}
