using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace SecureZoom.Verification.Log;

/// <summary>A line below a note's text: who says to have signed it, and how.</summary>
/// <param name="KeyName">See <see cref="VerifierKey.Name"/>.</param>
/// <param name="KeyId">See <see cref="VerifierKey.Id"/>.</param>
/// <param name="Bytes">Their meaning is the key's matter.</param>
public sealed record NoteSignature(string KeyName, uint KeyId, byte[] Bytes)
{
    private const string Dash = "—";

    /// <summary>The line, without its end.</summary>
    public override string ToString()
    {
        var bytes = new byte[sizeof(uint) + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.CopyTo(bytes, sizeof(uint));
        return $"{Dash} {KeyName} {Convert.ToBase64String(bytes)}";
    }

    /// <summary>Reads a line, without its end.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = line.Split(' ') is [Dash, var name, var base64]
            && VerifierKey.IsName(name)
            && StrictText.TryReadBase64(base64, out var bytes)
            && bytes.Length > sizeof(uint)
                ? new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[sizeof(uint)..])
                : null;
        return signature is not null;
    }
}
