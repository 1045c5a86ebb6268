using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SecureZoom.Verification.Log;

/// <summary>A text and signatures below it (c2sp.org/signed-note). What it says counts only once <see cref="Verify"/> has said by whom.</summary>
public sealed class SignedNote
{
    /// <summary>More than the 16 that every reader must accept.</summary>
    public const int MaxSignatures = 64;

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>Lines, with the last one's end.</summary>
    public string Text { get; }

    /// <summary>Of keys known and unknown, genuine or not.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>A note of one's own.</summary>
    /// <exception cref="ArgumentException">The text does not end with a line feed, has other control characters, or has no or too many signatures.</exception>
    public static SignedNote Of(string text, params IReadOnlyList<NoteSignature> signatures) =>
        text.EndsWith('\n') && StrictText.IsPlain(text, lines: true) && signatures.Count is > 0 and <= MaxSignatures
            ? new SignedNote(text, signatures)
            : throw new ArgumentException("This cannot be written as a signed note.");

    /// <summary>Reads a note, which can be written in one way only.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        return StrictText.TryReadUtf8(utf8, out var text) && TryParse(text, out note);
    }

    internal static bool TryParse(string text, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        var end = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !text.EndsWith('\n') || !StrictText.IsPlain(text, lines: true))
        {
            return false;
        }

        var signatures = new List<NoteSignature>();
        foreach (var line in text[(end + 2)..].Split('\n').SkipLast(1))
        {
            if (signatures.Count == MaxSignatures || !NoteSignature.TryParse(line, out var signature))
            {
                return false;
            }

            signatures.Add(signature);
        }

        note = signatures.Count > 0 ? new SignedNote(text[..(end + 1)], signatures) : null;
        return note is not null;
    }

    /// <summary>
    /// Which of the known keys have signed the text, each once. None when none has, and none when a signature of one of them is false,
    /// whatever the others are. Signatures of unknown keys are passed over.
    /// </summary>
    public IReadOnlyList<VerifiedSignature> Verify(params IReadOnlyCollection<VerifierKey> known)
    {
        var verified = new List<VerifiedSignature>();
        foreach (var key in known)
        {
            var own = Signatures.Where(key.IsNamedBy).ToArray();
            if (!own.All(signature => key.Verify(Text, signature)))
            {
                return [];
            }

            verified.AddRange(own.Take(1).Select(signature => VerifiedSignature.Of(key, signature)));
        }

        return verified;
    }

    /// <summary>The note with one signature more.</summary>
    /// <exception cref="ArgumentException">That would be too many.</exception>
    public SignedNote With(NoteSignature signature) => Of(Text, [.. Signatures, signature]);

    /// <summary>The note as it is sent and stored.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(signature => $"{signature}\n"))}";

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());
}

/// <summary>That a key has signed.</summary>
/// <param name="Time">When, to the second; null where the signature does not say, as a log's own does not.</param>
public sealed record VerifiedSignature(VerifierKey Key, DateTimeOffset? Time)
{
    internal static VerifiedSignature Of(VerifierKey key, NoteSignature signature) => new(
        key,
        key.Type == SignatureType.Cosignature && Cosignature.TryRead(signature, out var time, out _)
            ? DateTimeOffset.FromUnixTimeSeconds(time)
            : null);
}
