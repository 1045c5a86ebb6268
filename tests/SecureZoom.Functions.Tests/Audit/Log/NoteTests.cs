using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Log;

/// <summary>Signed notes: what is read, who has signed it, and that nothing else can be made of one.</summary>
public sealed class NoteTests
{
    private static readonly JsonNode Vectors = LogVectors.Notes;

    public static TheoryData<string> Keys => LogVectors.NamesOf(Vectors["vkeys"]!);

    public static TheoryData<string> Notes => LogVectors.NamesOf(Vectors["notes"]!);

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_is_read_or_refused(string name)
    {
        var vector = LogVectors.Named(Vectors["vkeys"]!, name);
        Assert.Equal((bool)vector["valid"]!, VerifierKey.TryParse((string)vector["vkey"]!, out _));
    }

    [Theory]
    [MemberData(nameof(Notes))]
    public void Every_note_has_its_text_and_signers(string name)
    {
        var vector = LogVectors.Named(Vectors["notes"]!, name);
        var read = SignedNote.TryParse(Encoding.UTF8.GetBytes((string)vector["note"]!), out var note);

        Assert.Equal((string?)vector["text"], note?.Text);
        Assert.Equal(
            vector["signers"]!.AsArray().Select(signer => (LogKeys.Vkey((string)signer!["key"]!), (long?)signer["time"])),
            read ? note!.Verify(LogKeys.Named(vector["keys"]!)).Select(one => (one.Key.ToString(), one.Time?.ToUnixTimeSeconds())) : []);
        Assert.Equal(read ? (string)vector["note"]! : null, note?.ToString());
    }

    [Fact]
    public void What_the_signers_write_is_the_vectors()
    {
        var (log, witness) = (LogKeys.Log, LogKeys.Witness);
        Assert.Equal(LogKeys.Vkey("log"), log.Key.ToString());
        Assert.Equal(LogKeys.Vkey("witness"), witness.Key.ToString());

        var vector = LogVectors.Named(Vectors["notes"]!, "a checkpoint with a cosignature");
        var (text, time) = ((string)vector["text"]!, (long)vector["signers"]![1]!["time"]!);
        var note = SignedNote.Of(text, log.Sign(text)).With(witness.Sign(text, DateTimeOffset.FromUnixTimeSeconds(time)));
        Assert.Equal((string)vector["note"]!, note.ToString());
        Assert.Equal((string)vector["note"]!, Encoding.UTF8.GetString(note.ToBytes()));
    }

    [Theory]
    [InlineData("no end")]
    [InlineData("")]
    [InlineData("a\r\n")]
    [InlineData("a\0\n")]
    public void A_text_that_cannot_be_read_again_is_not_written(string text) =>
        Assert.Throws<ArgumentException>(() => SignedNote.Of(text, LogKeys.Log.Sign(text)));

    [Fact]
    public void A_note_without_signatures_or_with_too_many_is_not_written()
    {
        var signature = LogKeys.Log.Sign("a\n");
        Assert.Throws<ArgumentException>(() => SignedNote.Of("a\n"));
        Assert.Throws<ArgumentException>(() => SignedNote.Of("a\n", [.. Enumerable.Repeat(signature, SignedNote.MaxSignatures + 1)]));
    }

    [Theory]
    [InlineData("", 32)]
    [InlineData("a b", 32)]
    [InlineData("a+b", 32)]
    [InlineData("a\nb", 32)]
    [InlineData("log.example", 31)]
    [InlineData("log.example", 33)]
    public void A_key_that_cannot_stand_in_a_note_is_refused(string name, int seed)
    {
        Assert.ThrowsAny<ArgumentException>(() => new NoteSigner(name, new byte[seed]));
        Assert.ThrowsAny<ArgumentException>(() => new Cosigner(name, new byte[seed]));
    }

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc0, 0x80 })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    public void Only_UTF_8_is_read(byte[] bytes)
    {
        var note = Encoding.UTF8.GetBytes((string)LogVectors.Named(Vectors["notes"]!, "a checkpoint")["note"]!);
        Assert.True(SignedNote.TryParse(note, out _));
        Assert.False(SignedNote.TryParse([.. bytes, .. note], out _));
    }

    [Fact]
    public void A_changed_note_never_verifies_as_another_text()
    {
        var vector = LogVectors.Named(Vectors["notes"]!, "a checkpoint with a cosignature");
        VerifierKey[] keys = [LogKeys.Log.Key, LogKeys.Witness.Key];
        var verified = 0;
        foreach (var changed in Mutations((string)vector["note"]!))
        {
            if (SignedNote.TryParse(changed, out var note) && note.Verify(keys).Count > 0)
            {
                verified++;
                Assert.Equal((string)vector["text"]!, note.Text);
                Assert.Equal(changed, note.ToBytes());
            }
        }

        // A signature's line may be lost, doubled, or become a stranger's.
        Assert.InRange(verified, 1, int.MaxValue);
    }

    /// <summary>Every note that differs from this one in a byte, a line, or a sign at a line's end or beginning.</summary>
    private static IEnumerable<byte[]> Mutations(string note)
    {
        var bytes = Encoding.UTF8.GetBytes(note);
        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (var bit in Enumerable.Range(0, 8))
            {
                yield return [.. bytes[..at], (byte)(bytes[at] ^ (1 << bit)), .. bytes[(at + 1)..]];
            }

            yield return [.. bytes[..at], .. bytes[(at + 1)..]];
            yield return [.. bytes[..at], bytes[at], .. bytes[at..]];
        }

        var lines = note.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            yield return Joined([.. lines[..at], .. lines[(at + 1)..]]);
            yield return Joined([.. lines[..at], lines[at], .. lines[at..]]);
            yield return Joined([.. lines[..at], "", .. lines[at..]]);
            foreach (var sign in "\r\0\t =\u00a0\u2028\ufeff")
            {
                yield return Joined([.. lines[..at], lines[at] + sign, .. lines[(at + 1)..]]);
                yield return Joined([.. lines[..at], sign + lines[at], .. lines[(at + 1)..]]);
            }
        }
    }

    private static byte[] Joined(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));
}
