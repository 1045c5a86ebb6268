using Org.BouncyCastle.Crypto.Parameters;
using Algorithm = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace SecureZoom.Verification.Log;

/// <summary>Ed25519 (RFC 8032).</summary>
internal static class Ed25519
{
    public const int KeySize = 32;
    public const int SignatureSize = 64;

    public static byte[] PublicKeyOf(byte[] seed) => new Ed25519PrivateKeyParameters(seed).GeneratePublicKey().GetEncoded();

    public static byte[] Sign(byte[] seed, byte[] message)
    {
        var signature = new byte[SignatureSize];
        Algorithm.Sign(seed, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    public static bool Verify(byte[] publicKey, byte[] message, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSize && Algorithm.Verify(signature.ToArray(), 0, publicKey, 0, message, 0, message.Length);
}
