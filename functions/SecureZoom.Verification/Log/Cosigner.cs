namespace SecureZoom.Verification.Log;

/// <summary>A witness's key, which signs other people's checkpoints (type 4).</summary>
public sealed class Cosigner
{
    private readonly byte[] _seed;

    /// <param name="seed">The private key, 32 bytes.</param>
    /// <exception cref="ArgumentException">The name cannot stand in a note, or the seed is of another length.</exception>
    public Cosigner(string name, ReadOnlySpan<byte> seed)
    {
        _seed = seed.ToArray();
        Key = VerifierKey.Of(name, SignatureType.Cosignature, Ed25519.PublicKeyOf(_seed));
    }

    public VerifierKey Key { get; }

    /// <summary>States that at this time, to the second, no larger tree of this log had been seen, and that this one goes on from what had.</summary>
    /// <param name="checkpoint">The note's text.</param>
    public NoteSignature Sign(string checkpoint, DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        return Cosignature.Of(Key, seconds, Ed25519.Sign(_seed, Cosignature.Message(checkpoint, seconds)));
    }
}
