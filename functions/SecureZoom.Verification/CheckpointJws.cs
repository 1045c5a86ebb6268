using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SecureZoom.Verification;

/// <summary>A checkpoint's second signature, over the note's own text, with its number and the time in its header, which a note cannot say.</summary>
/// <param name="Key">The key in its header; whether it is trusted is another question.</param>
/// <param name="Number">Its place among the log's checkpoints, from 1: a copy in another place is none.</param>
/// <param name="Organization">Whose trail the log is: its origin does not tell.</param>
public sealed record CheckpointJws(PublicKey Key, long Number, DateTimeOffset SignedAt, string Organization)
{
    private const string Type = "audit-checkpoint";

    /// <summary>As far as every JSON reader tells integers apart.</summary>
    private const long MaxNumber = (1L << 53) - 1;

    private static readonly long MaxTime = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Signs a checkpoint's text with a P-256 key, as of now.</summary>
    /// <returns>The compact form, without its payload.</returns>
    public static string Sign(string text, string organization, long number, DateTimeOffset now, ECDsa privateKey) =>
        DetachedJws.Sign(
            Type, text, privateKey, head => head with { Time = now.ToUnixTimeSeconds(), Organization = organization, Number = number });

    /// <summary>Reads a signature that fits the text and the key in its header.</summary>
    public static bool TryRead(string jws, string text, [NotNullWhen(true)] out CheckpointJws? signature)
    {
        signature = DetachedJws.TryRead(Type, jws, text, out var head)
            && head is { Number: >= 1 and <= MaxNumber and var number, Time: >= 0 and var time, Organization: { } organization }
            && time <= MaxTime
            ? new CheckpointJws(head.Key, number, DateTimeOffset.FromUnixTimeSeconds(time), organization)
            : null;
        return signature is not null;
    }
}
