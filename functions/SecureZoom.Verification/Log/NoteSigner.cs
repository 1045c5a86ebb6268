using System.Text;

namespace SecureZoom.Verification.Log;

/// <summary>A key that signs notes as the log itself does (Ed25519, type 1).</summary>
public sealed class NoteSigner
{
    private readonly byte[] _seed;

    /// <param name="seed">The private key, 32 bytes.</param>
    /// <exception cref="ArgumentException">The name cannot stand in a note, or the seed is of another length.</exception>
    public NoteSigner(string name, ReadOnlySpan<byte> seed)
    {
        _seed = seed.ToArray();
        Key = VerifierKey.Of(name, SignatureType.Ed25519, Ed25519.PublicKeyOf(_seed));
    }

    public VerifierKey Key { get; }

    /// <param name="text">Ends with a line feed.</param>
    public NoteSignature Sign(string text) => new(Key.Name, Key.Id, Ed25519.Sign(_seed, Encoding.UTF8.GetBytes(text)));
}
