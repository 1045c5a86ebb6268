using System.Diagnostics.CodeAnalysis;
using System.Text;
using SecureZoom.Verification.Log;

namespace SecureZoom.Verification;

/// <summary>A genuine checkpoint by trusted keys: at this time, this log had this head.</summary>
/// <param name="Note">As it was signed.</param>
/// <param name="SignedAt">Null where only the note's key is trusted, which signs no time.</param>
public sealed record TrailCheckpoint(string Log, TreeHead Head, SignedNote Note, DateTimeOffset? SignedAt)
{
    /// <summary>Reads a checkpoint that a trusted key has signed, and none of them falsely.</summary>
    /// <param name="trusted">Fingerprints (<see cref="PublicKey.Thumbprint"/>) and vkeys (<see cref="VerifierKey"/>).</param>
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

        VerifierKey[] keys = [.. trusted.Select(key => VerifierKey.TryParse(key, out var parsed) ? parsed : null).OfType<VerifierKey>()];
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

        checkpoint = new TrailCheckpoint(body.Origin, body.Head, note, isTimed ? signature.SignedAt : null);
        whatIsWrong = null;
        return true;
    }
}
