using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;
using static SecureZoom.Functions.Tests.Audit.Vectors.VectorCase;
using static SecureZoom.Functions.Tests.Audit.Vectors.VectorTrail;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>Trails whose checkpoints are not as they were, or contradict each other.</summary>
internal static class CheckpointCases
{
    public static IEnumerable<VectorCase> All => [.. NotGenuine, .. NotTrusted, .. Contradicting, .. Numbered];

    private static JsonNode[] Whole => Clean(0, 12);

    /// <summary>Our own trail but for one record.</summary>
    private static TreeHead False => TreeOf([.. Lines.Take(5), RecordCases.Denied, .. Lines.Skip(6).Take(2)]).Head;

    private static VectorCase[] NotGenuine =>
    [
        Second("a checkpoint's text is another one", file => file with { Note = file.Note.Replace("\n8\n", "\n9\n", StringComparison.Ordinal) }),
        Second("a checkpoint has another's time signature", file => file with { Jws = Checkpoints[0].Jws }),
        Second("a checkpoint's time signature has its payload", file =>
            file with { Jws = file.Jws.Replace("..", $".{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(file.Text))}.", StringComparison.Ordinal) }),
        Second("a checkpoint has no time signature", file => file with { Jws = "" }),
        Second("a checkpoint is garbage", _ => new CheckpointFile("", "garbage")),
        Last("a checkpoint has a kid that is not its key's", head => head with { KeyId = PublicKey.Of(StrangerKey).Thumbprint }),
        Last("a checkpoint has no number", head => head with { Number = null }),
        Last("a checkpoint's number is 0", head => head with { Number = 0 }),
        Last("a checkpoint's number is more than numbers in JSON are exact for", head => head with { Number = 1L << 53 }),
        Last("a checkpoint has no time", head => head with { Time = null }),
        Last("a checkpoint is of no organisation", head => head with { Organization = null }),
        Last("what is signed as a statement of keys stands in a checkpoint's place", head => head, "audit-keys"),
    ];

    private static VectorCase[] NotTrusted =>
    [
        new("a checkpoint is by a stranger's keys", With(5, Text(RecordCases.Denied)), [0, Text(Checkpoint(False, 2, 155, noteKey: StrangerNoteKey, key: StrangerKey))], 12, 4, "bad_checkpoint"),
        new("a note is by a key that nobody knows, its time by the pinned one", Whole, [0, 1, Text(Checkpoint(TreeOf(12).Head, 3, 230, noteKey: StrangerNoteKey))], 12, 12) { Trusted = [Fingerprint, Vkey] },
        new("a note's signature is false, and its key pinned", Whole, [0, 1, Text(FalseNote)], 12, 8, "bad_checkpoint") { Trusted = [Fingerprint, Vkey] },
        new("no key is pinned", Whole, [0, 1, 2], 12, null, "bad_checkpoint", "bad_checkpoint", "bad_checkpoint") { Trusted = [] },
    ];

    private static VectorCase[] Contradicting =>
    [
        new("two trees of one size are signed", Whole, [0, 1, Text(Checkpoint(False, 3, 160)), Text(Checkpoint(12, 4, 230))], 12, 12, "fork"),
        new("a smaller tree is signed after a larger one", Whole, [0, 2, Text(Checkpoint(8, 4, 260))], 12, 12, "fork"),
        new("checkpoints have changed places", Whole, [1, 0, 2], 12, 12, "fork"),
        new("a time is signed that runs back", Whole, [0, 1, Text(Checkpoint(12, 3, 80))], 12, 8, "fork"),
        new("a checkpoint is another log's", Whole, [0, 1, 2, Text(Checkpoint(TreeOf(12).Head, 4, 240, AnotherLog))], 12, 12, "fork"),
        new("a false tree is signed by our own key", Whole, [0, Text(Checkpoint(False, 2, 155)), 2], 12, 12, "changed 5"),
    ];

    private static VectorCase[] Numbered =>
    [
        new("a checkpoint stands there twice", Whole, [0, 1, 1, 2], 12, 12, "bad_checkpoint"),
        new("an old checkpoint stands behind the last one again", Whole, [0, 1, 2, 0], 12, 12, "bad_checkpoint"),
        new("two trees are signed under one number", Whole, [0, 1, Text(Checkpoint(10, 2, 200)), 2], 12, 12, "fork"),
        new("the same tree is signed again under an old number", Whole, [0, 1, 2, Text(Checkpoint(12, 2, 260))], 12, 12, "fork"),
        new("a larger tree is signed under an old number", Whole, [0, 1, Text(Checkpoint(12, 1, 230))], 12, 8, "fork"),
        new("numbers are left out where somebody has put garbage", Whole, [0, Text(Checkpoint(8, 5, 155)), Text(Checkpoint(12, 9, 230))], 12, 12),
        new("a checkpoint stands there twice, and the note's key says no number", Whole, [0, 1, 1, 2], 12, 12) { Trusted = [Vkey] },
    ];

    private static CheckpointFile FalseNote
    {
        get
        {
            var signature = NoteKey.Sign(Checkpoints[2].Text);
            byte[] bytes = [.. signature.Bytes];
            bytes[7] ^= 1;
            return Checkpoints[2] with { Note = SignedNote.Of(Checkpoints[2].Text, signature with { Bytes = bytes }).ToString() };
        }
    }

    private static VectorCase Second(string name, Func<CheckpointFile, CheckpointFile> change) =>
        new(name, Whole, [0, Text(change(Checkpoints[1])), 2], 12, 12, "bad_checkpoint");

    private static VectorCase Last(string name, Func<JwsHeader, JwsHeader> say, string type = CheckpointType) =>
        new(name, Whole, [0, 1, Text(Checkpoint(say, type))], 12, 8, "bad_checkpoint");
}
