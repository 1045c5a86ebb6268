using System.Buffers.Binary;
using System.Text;

namespace SecureZoom.Verification.Log;

/// <summary>A signature with its time (c2sp.org/tlog-cosignature, Ed25519): 8 bytes of seconds since 1970, big-endian, and 64 of Ed25519.</summary>
internal static class Cosignature
{
    /// <summary>The end of the year 9999, in seconds since 1970: what comes after it is no time.</summary>
    private const long MaxTime = 253_402_300_799;

    /// <summary>What is signed.</summary>
    public static byte[] Message(string checkpoint, long time) =>
        Encoding.UTF8.GetBytes($"cosignature/v1\ntime {StrictText.Number(time)}\n{checkpoint}");

    public static NoteSignature Of(VerifierKey key, long time, ReadOnlySpan<byte> signature)
    {
        var bytes = new byte[sizeof(long) + Ed25519.SignatureSize];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time);
        signature.CopyTo(bytes.AsSpan(sizeof(long)));
        return new NoteSignature(key.Name, key.Id, bytes);
    }

    /// <summary>False when these are not the bytes of a cosignature, or its time cannot be.</summary>
    public static bool TryRead(NoteSignature cosignature, out long time, out ReadOnlySpan<byte> signature)
    {
        time = 0;
        signature = default;
        if (cosignature.Bytes.Length != sizeof(long) + Ed25519.SignatureSize)
        {
            return false;
        }

        time = BinaryPrimitives.ReadInt64BigEndian(cosignature.Bytes);
        signature = cosignature.Bytes.AsSpan(sizeof(long));
        return time is >= 0 and <= MaxTime;
    }
}
