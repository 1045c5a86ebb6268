using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Audit.Log;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;
using static SecureZoom.Functions.Tests.Audit.Vectors.VectorTrail;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>Evidence files of four of the clean trail's records, and those in which something is wrong.</summary>
internal static class EvidenceCases
{
    private const int Size = 12;

    private static readonly int[] Picked = [2, 5, 6, 10];
    private static readonly ReferenceTree Tree = new([.. VectorTrail.Lines.Select(line => line.Leaf)]);

    /// <summary>A record and its proof in turn.</summary>
    private static readonly string[] Clean = [.. Picked.SelectMany(index => new[] { Write(VectorTrail.Lines[index]), Proof(index) })];

    public static IEnumerable<EvidenceCase> All => [.. Right, .. Changed, .. Moved, .. Odd];

    private static EvidenceCase[] Right =>
    [
        new("four records", Clean),
        new("four records, by the note's key alone", Clean) { Trusted = [Vkey] },
        new("no record", []),
        new("a text is withheld", With(Topicless)) { IsPartial = true },
        new("everything is withheld but the deed", With(Of(record => record with { Parts = [.. record.Parts.Select(part => part.Withhold())] }))) { IsPartial = true },
        new("a text is erased, and its authority in the file", ErasedText) { Checkpoint = ErasureCases.Over(Authority), CoveredTo = 13 },
        new("a text is erased, and its authority not in the file", ErasedText[..2], "erased_without_record 6") { Checkpoint = ErasureCases.Over(Authority), CoveredTo = 13 },
        new("a text is withheld of a file that does not say so", With(Topicless), "erased_without_record 6"),
    ];

    private static EvidenceCase[] Changed =>
    [
        new("a deed is another one", With(Edit(Sixth, "success", "denied")), "changed 6"),
        new("a deed is another one, and its leaf with it", With(Commit(Edit(Sixth, "success", "denied").Record)), "changed 6"),
        new("another commitment stands for a part", With(Of(record => record with { Parts = [record.Parts[0], RecordPart.Withheld(Hash("another"))] })), "changed 6"),
        new("a part is left out", With(Of(record => record with { Parts = [record.Parts[0]] })), "changed 6"),
        new("a path is another record's", With(Sixth, Proof(5, path: Tree.InclusionPath(6, Size))), "changed 6"),
        new("a path has a hash more", With(Sixth, Proof(5, path: [.. Tree.InclusionPath(5, Size), Hash("more")])), "changed 6"),
    ];

    private static EvidenceCase[] Moved =>
    [
        new("a proof is another record's", With(Sixth, Proof(6)), "misplaced 6"),
        new("a record is another log's", With(Line(5, deed => deed["log"] = AnotherLog)), "misplaced 6"),
        new("two records have changed places", [.. Clean[..2], .. Clean[4..6], .. Clean[2..4], .. Clean[6..]], "misplaced 6"),
        new("a record stands there twice", [.. Clean[..4], .. Clean[2..]], "misplaced 6"),
        new("a record and its proof are gone", Clean[2..], "missing") { Reported = 4 },
        new("a proof leads to another checkpoint", With(Sixth, Proof(5, checkpoint: 1, path: Tree.InclusionPath(5, 8))), "bad_checkpoint 6"),
    ];

    private static EvidenceCase[] Odd =>
    [
        new("a line is no record", [.. Clean[..2], "rubbish", .. Clean[3..]], "unreadable"),
        new("a proof is none", [.. Clean[..3], """{"proof":"c2sp.org/tlog-proof@v1\n"}""", .. Clean[4..]], "unreadable"),
        new("the last proof is gone", Clean[..^1], "unreadable"),
        new("its times are yet to come", Clean, "time 3", "time 6", "time 7", "time 11") { Now = "2025-11-24T11:00:00Z" },
        new("the checkpoint is by nobody whose key is pinned", Clean, "bad_checkpoint") { Trusted = ["not-the-key"], IsUncovered = true },
        new("the checkpoint was changed", Clean, "bad_checkpoint")
        {
            Checkpoint = VectorTrail.Checkpoints[2] with { Note = VectorTrail.Checkpoints[2].Note.Replace("\n12\n", "\n13\n", StringComparison.Ordinal) },
            IsUncovered = true,
        },
    ];

    private static RecordLine Topicless => Of(record => record with { Parts = [record.Parts[0], record.Parts[1].Withhold()] });

    private static RecordLine Authority => ErasureCases.Authority(new ErasedParts(1, [6, 6]));

    /// <summary>The sixth record without its topic, and the thirteenth, which says that it was to be erased.</summary>
    private static string[] ErasedText
    {
        get
        {
            var tree = new ReferenceTree([.. VectorTrail.Lines.Take(Size).Append(Authority).Select(line => line.Leaf)]);
            Assert.True(SignedNote.TryParse(System.Text.Encoding.UTF8.GetBytes(ErasureCases.Over(Authority).Note), out var note));
            string ProofOf(int index) => new JsonObject { ["proof"] = new TlogProof(index, tree.InclusionPath(index, Size + 1), note).ToString() }.ToJsonString(VectorFile.Plain);
            return [Write(Topicless), ProofOf(5), Write(Authority), ProofOf(Size)];
        }
    }

    private static RecordLine Sixth => VectorTrail.Lines[5];

    private static RecordLine Of(Func<LogRecord, LogRecord> change) => Sixth with { Record = change(Sixth.Record) };

    /// <summary>The clean file with another record in the place of the second.</summary>
    private static string[] With(RecordLine line, string? proof = null) => [.. Clean[..2], Write(line), proof ?? Proof(5), .. Clean[4..]];

    private static string Write(RecordLine line) => (string)VectorTrail.Text(line)!;

    private static string Proof(int index, int checkpoint = 2, byte[][]? path = null)
    {
        Assert.True(SignedNote.TryParse(System.Text.Encoding.UTF8.GetBytes(VectorTrail.Checkpoints[checkpoint].Note), out var note));
        var proof = new TlogProof(index, path ?? Tree.InclusionPath(index, Size), note).ToString();
        return new JsonObject { ["proof"] = proof }.ToJsonString(VectorFile.Plain);
    }
}
