using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SecureZoom.Verification.Log;

/// <summary>What a key signs, by the number that c2sp.org/signed-note has given it.</summary>
public enum SignatureType
{
    /// <summary>The note's text, by Ed25519.</summary>
    Ed25519 = 1,

    /// <summary>That a checkpoint was seen at a time, by Ed25519: see <see cref="Cosignature"/>.</summary>
    Cosignature = 4,
}

/// <summary>The public half of a key that signs notes (c2sp.org/signed-note): whom an auditor trusts, in a line.</summary>
public sealed class VerifierKey
{
    private readonly byte[] _publicKey;

    private VerifierKey(string name, SignatureType type, byte[] publicKey)
    {
        (Name, Type, _publicKey) = (name, type, publicKey);
        byte[] named = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. publicKey];
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(named));
    }

    /// <summary>Whose it is: an address without scheme, by custom.</summary>
    public string Name { get; }

    /// <summary>With the name it finds the signature; short as it is, it proves nothing.</summary>
    public uint Id { get; }

    public SignatureType Type { get; }

    /// <summary>32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <exception cref="ArgumentException">The name is empty, or has blanks, plus signs or control characters; or the key is not 32 bytes long.</exception>
    public static VerifierKey Of(string name, SignatureType type, ReadOnlySpan<byte> publicKey) =>
        IsName(name) && publicKey.Length == Ed25519.KeySize
            ? new VerifierKey(name, type, publicKey.ToArray())
            : throw new ArgumentException($"'{name}' with {publicKey.Length} bytes is no verifier key.");

    /// <summary>Reads a vkey: name, key ID (8 lower-case hex digits) and base64 of type and public key, with plus signs between.</summary>
    public static bool TryParse(string vkey, [NotNullWhen(true)] out VerifierKey? key)
    {
        key = vkey.Split('+', 3) is [var name, _, var typed]
            && IsName(name)
            && StrictText.TryReadBase64(typed, out var bytes)
            && bytes.Length == 1 + Ed25519.KeySize
            && Enum.IsDefined((SignatureType)bytes[0])
                ? new VerifierKey(name, (SignatureType)bytes[0], bytes[1..])
                : null;
        // With the key ID, which has not been looked at.
        key = key?.ToString() == vkey ? key : null;
        return key is not null;
    }

    /// <summary>Those of the texts that are vkeys.</summary>
    public static IEnumerable<VerifierKey> All(IEnumerable<string> pins) =>
        pins.Select(pin => TryParse(pin, out var key) ? key : null).OfType<VerifierKey>();

    /// <summary>The vkey.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Type, .. _publicKey])}";

    /// <summary>Whether a signature names this key, rightly or not.</summary>
    internal bool IsNamedBy(NoteSignature signature) => signature.KeyName == Name && signature.KeyId == Id;

    internal bool Verify(string text, NoteSignature signature) => Type switch
    {
        SignatureType.Cosignature => Cosignature.TryRead(signature, out var time, out var bytes)
            && Ed25519.Verify(_publicKey, Cosignature.Message(text, time), bytes),
        _ => Ed25519.Verify(_publicKey, Encoding.UTF8.GetBytes(text), signature.Bytes),
    };

    /// <summary>Whether a name can stand in a signature's line.</summary>
    internal static bool IsName(string name) =>
        name.Length > 0 && StrictText.IsPlain(name, lines: false) && !name.Any(character => character == '+' || char.IsWhiteSpace(character));
}
