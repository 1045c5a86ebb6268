using System.Diagnostics.CodeAnalysis;

namespace SecureZoom.Verification.Log;

/// <summary>What a log signs (c2sp.org/tlog-checkpoint): three lines that say which log, of how many leaves, with which root.</summary>
/// <param name="Origin">The log's name, one for ever.</param>
public sealed record LogCheckpoint(string Origin, TreeHead Head)
{
    /// <summary>The text to be signed.</summary>
    public string Text => $"{Origin}\n{StrictText.Number(Head.Size)}\n{Convert.ToBase64String(Head.Root)}\n";

    /// <summary>Reads a text of exactly the three lines, as our logs write it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LogCheckpoint? checkpoint)
    {
        checkpoint = TryParseExtended(text, out var parsed) && parsed.Text == text ? parsed : null;
        return checkpoint is not null;
    }

    /// <summary>Reads another log's text, which may have further lines. They are signed with it, so a witness signs the note's own text.</summary>
    public static bool TryParseExtended(string text, [NotNullWhen(true)] out LogCheckpoint? checkpoint)
    {
        checkpoint = text.Split('\n') is [var origin, var size, var root, .. var extensions, ""]
            && !extensions.Prepend(origin).Contains("")
            && StrictText.IsPlain(text, lines: true)
            && StrictText.TryReadNumber(size, out var count)
            && StrictText.TryReadHash(root, out var hash)
                ? new LogCheckpoint(origin, new TreeHead(count, hash))
                : null;
        return checkpoint is not null;
    }

    /// <summary>Reads a checkpoint of this log that one of its keys has signed, and none of them falsely.</summary>
    /// <param name="keys">More than one while a new key takes an old one's place.</param>
    public static bool TryOpen(
        SignedNote note, string origin, IReadOnlyCollection<VerifierKey> keys, [NotNullWhen(true)] out LogCheckpoint? checkpoint)
    {
        checkpoint = note.Verify(keys).Count > 0 && TryParse(note.Text, out var signed) && signed.Origin == origin ? signed : null;
        return checkpoint is not null;
    }
}
