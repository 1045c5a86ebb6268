using SecureZoom.Verification.Log;

namespace SecureZoom.Verification;

/// <summary>
/// Checks that every record of an evidence file is in the signed log, in its place and unchanged; and that nothing is withheld of it but in a
/// file that says so, or what a record of the file erases.
/// </summary>
/// <remarks>What else the log has, it cannot tell: an extract is never complete.</remarks>
public sealed class EvidenceVerifier
{
    private readonly TrailCheckpoint? _checkpoint;
    private readonly RecordRules _rules;
    private readonly WithheldParts _withheld = new();
    private long _size;

    private EvidenceVerifier(CheckpointSeries series, DateTimeOffset now)
    {
        _checkpoint = series.Checkpoints is [var genuine] ? genuine : null;
        _rules = new RecordRules(series.Problems, now);
    }

    /// <param name="trusted">See <see cref="TrailCheckpoint.TryOpen"/>.</param>
    public static TrailVerdict Verify(EvidenceFile file, IReadOnlyCollection<string> trusted, DateTimeOffset now)
    {
        var verifier = new EvidenceVerifier(CheckpointSeries.Read([file.Checkpoint], trusted), now);
        foreach (var (line, proof) in file.Records)
        {
            verifier.Add(line, proof);
        }

        if (file.Records.Count != file.Count)
        {
            verifier.Report(TrailProblems.Missing, null, $"The file has {file.Records.Count} records, and says that it has {file.Count}.");
        }

        if (!file.IsPartial)
        {
            verifier.CheckWithheld();
        }

        return verifier.Finish(file.Records.Count);
    }

    private void Add(RecordLine? line, TlogProof? proof)
    {
        if (line is null || proof is null || DeedPlace.Of(line.Record.Deed) is not { } place)
        {
            Report(TrailProblems.Unreadable, null, $"Behind record {_size} is something that is no record with its proof.");
            return;
        }

        var sequence = place.Index + 1;
        if (place.Index != proof.Index || sequence <= _size || place.Log != (_checkpoint?.Log ?? place.Log))
        {
            Report(TrailProblems.Misplaced, sequence, $"Record {sequence} stands in another one's place, or is of another log.");
            return;
        }

        _size = sequence;
        _rules.Take(place, sequence);
        CheckProof(line, proof, sequence);
    }

    private void CheckProof(RecordLine line, TlogProof proof, long sequence)
    {
        var leaf = line.Record.LeafHash();
        if (_checkpoint is { } checkpoint && proof.Checkpoint.Text != checkpoint.Note.Text)
        {
            Report(TrailProblems.BadCheckpoint, sequence, $"The proof of record {sequence} leads to another checkpoint.");
        }
        else if (!leaf.AsSpan().SequenceEqual(line.Leaf) || (_checkpoint is { Head: var head } && !InclusionProof.Verify(proof.Path, proof.Index, leaf, head)))
        {
            Report(TrailProblems.Changed, sequence, $"Record {sequence} is not the one that the log committed to.");
        }
        else
        {
            _withheld.Take(sequence, line.Record);
        }
    }

    private void CheckWithheld()
    {
        foreach (var sequence in _withheld.UnexplainedRecords)
        {
            Report(TrailProblems.ErasedWithoutRecord, sequence, $"Of record {sequence} something is withheld, and no record of the file says that it was to be erased.");
        }
    }

    private void Report(string code, long? sequence, FormattableString detail) => _rules.Report(code, sequence, detail);

    private TrailVerdict Finish(long records) => new(records, _size, _rules.First, _rules.Last, _checkpoint, _rules.Sorted)
    {
        Witnesses = [.. _checkpoint?.SeenBy.Select(seen => new TrailWitness(seen.Key.Name, _checkpoint.Head.Size, seen.Time!.Value)) ?? []],
    };
}
