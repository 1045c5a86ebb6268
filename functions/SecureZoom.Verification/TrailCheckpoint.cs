using System.Diagnostics.CodeAnalysis;
using System.Text;
using SecureZoom.Verification.Log;

namespace SecureZoom.Verification;

/// <summary>A genuine checkpoint by trusted keys: at this time, this log had this head.</summary>
/// <param name="Note">As it was signed.</param>
/// <param name="Number">Null where only the note's key is trusted, which signs neither number nor time.</param>
/// <param name="SignedAt">Null likewise.</param>
/// <param name="File">As it is kept.</param>
public sealed record TrailCheckpoint(string Log, TreeHead Head, SignedNote Note, long? Number, DateTimeOffset? SignedAt, CheckpointFile File)
{
    private const int MaxCosignatures = 64;

    /// <summary>Which of the pinned witnesses have cosigned it, and when.</summary>
    public IReadOnlyList<VerifiedSignature> SeenBy { get; init; } = [];

    /// <summary>Reads a checkpoint that a trusted key has signed, and none of them falsely.</summary>
    /// <param name="trusted">Fingerprints (<see cref="PublicKey.Thumbprint"/>) and vkeys (<see cref="VerifierKey"/>), the log's and witnesses'.</param>
    /// <param name="whatIsWrong">For a person, when it is not genuine.</param>
    public static bool TryOpen(
        CheckpointFile file,
        IReadOnlyCollection<string> trusted,
        [NotNullWhen(true)] out TrailCheckpoint? checkpoint,
        [NotNullWhen(false)] out string? whatIsWrong)
    {
        checkpoint = null;
        if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(file.Note), out var note)
            || !LogCheckpoint.TryParse(note.Text, out var body)
            || !CheckpointJws.TryRead(file.Jws, note.Text, out var signature))
        {
            whatIsWrong = "is not genuine";
            return false;
        }

        // A witness's key says what it has seen, not that it is right: it stands for nobody's own.
        VerifierKey[] keys = [.. VerifierKey.All(trusted).Where(key => key.Type == SignatureType.Ed25519)];
        var isTimed = trusted.Contains(signature.Key.Thumbprint);
        var isNamed = note.Signatures.Any(line => keys.Any(key => key.Name == line.KeyName && key.Id == line.KeyId));
        if (isNamed && note.Verify(keys).Count == 0)
        {
            whatIsWrong = "is not genuine";
            return false;
        }

        if (!isTimed && !isNamed)
        {
            whatIsWrong = $"is signed by {signature.Key.Thumbprint}, which is not pinned";
            return false;
        }

        long? number = isTimed ? signature.Number : null;
        if (file.Number is { } place && place != number)
        {
            whatIsWrong = $"stands in the place of number {place}, for which it was not signed";
            return false;
        }

        checkpoint = new TrailCheckpoint(body.Origin, body.Head, note, number, isTimed ? signature.SignedAt : null, file)
        {
            SeenBy = WitnessesOf(file, note, trusted),
        };
        whatIsWrong = null;
        return true;
    }

    /// <summary>One by one: a false cosignature takes nothing from the others, nor from the checkpoint.</summary>
    private static VerifiedSignature[] WitnessesOf(CheckpointFile file, SignedNote note, IReadOnlyCollection<string> trusted)
    {
        VerifierKey[] witnesses = [.. VerifierKey.All(trusted).Where(key => key.Type == SignatureType.Cosignature)];
        return witnesses.Length == 0 || file.Cosignatures is not { } lines
            ? []
            : [.. lines.Take(MaxCosignatures)
                .Select(line => NoteSignature.TryParse(line, out var signature) ? signature : null)
                .OfType<NoteSignature>()
                .SelectMany(signature => SignedNote.Of(note.Text, signature).Verify(witnesses))
                .DistinctBy(seen => seen.Key.ToString())];
    }
}
