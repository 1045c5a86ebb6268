using SecureZoom.Verification.Log;

namespace SecureZoom.Verification;

/// <summary>Rebuilds a trail's tree record by record and compares it with the checkpoints that were signed meanwhile.</summary>
/// <remarks>
/// Who can change the stored trail can also compute its tree again, so the tree alone proves little; a checkpoint that was signed and put
/// out of reach before proves all that it covers. What was recorded after the last checkpoint is consistent at best, not proved.
/// </remarks>
public sealed class TrailVerifier
{
    /// <summary>Records that may be missing in one place and the others still be told apart.</summary>
    private const int MaxGap = 10_000;

    /// <summary>How long a record waits for its checkpoint: signed every five minutes, and once that may fail.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>In the place of a leaf that is not known.</summary>
    private static readonly byte[] Nothing = new byte[Merkle.HashSize];

    private readonly Dictionary<string, TrailWitness> _witnesses = new(StringComparer.Ordinal);
    private readonly Queue<TrailCheckpoint> _ahead;
    private readonly RecordRules _rules;
    private readonly List<CutAuthority> _cuts = [];
    private readonly DateTimeOffset _now;
    private readonly string? _log;
    private readonly TrailCheckpoint? _newest;
    private readonly LaterCheckpoint? _later;
    private readonly long _before;
    private TreeEdge _edge;
    private long _records;
    private bool _misplaced;
    private bool _changed;
    private DateTimeOffset? _waitingSince;
    private TrailCheckpoint? _coveredTo;

    /// <param name="log">The log's origin; null for the checkpoints'.</param>
    /// <param name="before">The tree in front of the first record: <see cref="TreeEdge.Empty"/> for a whole trail.</param>
    /// <param name="later">What proves the whole, where the last record is not the last that was signed.</param>
    public TrailVerifier(CheckpointSeries series, string? log, TreeEdge before, DateTimeOffset now, LaterCheckpoint? later = null)
    {
        _rules = new RecordRules(series.Problems, now);
        _later = later;
        _newest = later?.Checkpoint ?? (series.Checkpoints is [.., var newest] ? newest : null);
        _log = log ?? _newest?.Log;
        _before = before.Size;
        _edge = before;
        _now = now;
        _ahead = new Queue<TrailCheckpoint>(series.Checkpoints);
        CompareWithCheckpoints();
    }

    /// <summary>Whether the trail is verified as it is now; an export may have waited for its verification.</summary>
    public bool IsLive { get; init; }

    /// <summary>Whether it was asked for from the trail's beginning: what is in front of the first record was let go, or is missing.</summary>
    public bool IsFromBeginning { get; init; }

    /// <summary>Whether records were let go, and none so far says so.</summary>
    public bool IsCutUnexplained => IsFromBeginning && _before > 0 && !_cuts.Exists(cut => cut.Last >= _before);

    /// <summary>Whether the log goes on behind what is verified: what is not explained here may be there.</summary>
    public bool EndsEarlier { get; init; }

    /// <summary>What is withheld so far, and what explains it.</summary>
    public WithheldParts Withheld { get; init; } = new();

    /// <summary>The tree up to the last record.</summary>
    public TreeEdge Edge => _edge;

    /// <summary>What is wrong so far, however old the newest checkpoint is.</summary>
    public IReadOnlyList<TrailProblem> Problems => _rules.Problems;

    /// <summary>The last checkpoint so far that agrees.</summary>
    public TrailCheckpoint? CoveredTo => _coveredTo;

    private long Next => _edge.Size + 1;

    /// <summary>Takes the next record.</summary>
    /// <param name="line">Null when what stands in its place is none.</param>
    public void Add(RecordLine? line)
    {
        if (line is null)
        {
            Report(TrailProblems.Unreadable, Next, $"In the place of record {Next} is something that is no record.");
        }
        else
        {
            var isInPlace = IsInPlace(line.Record);
            if (!line.Record.LeafHash().AsSpan().SequenceEqual(line.Leaf))
            {
                Report(TrailProblems.Changed, Next, $"Record {Next} is not the one that the log committed to.");
            }
            else if (isInPlace)
            {
                Withheld.Take(Next, line.Record);
                if (CutAuthority.Of(Next, line.Record) is { } cut)
                {
                    _cuts.Add(cut);
                }
            }
        }

        _edge = _edge.Append(line?.Leaf ?? Nothing);
        _records++;
        CompareWithCheckpoints();
    }

    /// <summary>Takes a record behind the last that says which were let go, and is known to be in the log.</summary>
    public void Explain(CutAuthority cut) => _cuts.Add(cut);

    /// <summary>Says what is wrong that only others can see, such as a MAC that does not fit.</summary>
    public void Report(string code, long? sequence, FormattableString detail) => _rules.Report(code, sequence, detail);

    public TrailVerdict Finish()
    {
        if (_later is { } later)
        {
            Compare(later.Checkpoint, ConsistencyProof.Verify(later.Path, _edge.Head, later.Checkpoint.Head));
        }

        // What was asked for to its end has all that was signed by then.
        var signedTo = EndsEarlier ? 0 : _later?.Checkpoint.Head.Size ?? 0;
        if (Math.Max(_ahead.LastOrDefault()?.Head.Size ?? 0, signedTo) is var covered && covered >= Next)
        {
            Report(TrailProblems.Missing, Next, $"Records {Next} to {covered} are covered by a checkpoint, and are not there.");
        }

        if (_rules.Last is { } last && (_waitingSince ?? last) + Patience < _now && IsOld(_newest, last))
        {
            Report(TrailProblems.NotSigned, null, $"The newest checkpoint is more than ten minutes older than the last record ({last:u}).");
        }

        foreach (var sequence in EndsEarlier ? [] : Withheld.UnexplainedRecords)
        {
            Report(TrailProblems.ErasedWithoutRecord, sequence, $"Parts of record {sequence} are destroyed, and no record behind it says that they were to be.");
        }

        if (IsCutUnexplained && !EndsEarlier)
        {
            var first = _cuts.Select(cut => cut.Last).Append(0).Max() + 1;
            Report(TrailProblems.Missing, first, $"Records {first} to {_before} are not there, and no record says that they were let go.");
        }

        return new TrailVerdict(_records, _edge.Size, _rules.First, _rules.Last, _coveredTo, _rules.Sorted)
        {
            Witnesses = [.. _witnesses.Values],
            Erased = Withheld.Judge(_coveredTo?.Head.Size ?? 0),
            Cut = IsFromBeginning && _before > 0 ? JudgeCut(_coveredTo?.Head.Size ?? 0) : null,
        };
    }

    /// <param name="provedTo">The last record that a checkpoint covers; what was explained from behind the last is proved.</param>
    private TrailCut JudgeCut(long provedTo) =>
        _cuts.OrderBy(cut => cut.Sequence).FirstOrDefault(cut => cut.Last >= _before) is { } by
            ? new TrailCut(_before, by.Sequence, by.Sequence <= provedTo || by.Sequence > _edge.Size)
            : new TrailCut(_before, By: null, IsProved: false);

    /// <summary>Whether a newer checkpoint has to be there. Where only the note's key is trusted, its time is not known.</summary>
    private bool IsOld(TrailCheckpoint? newest, DateTimeOffset last) => newest?.SignedAt is not { } signed
        ? _waitingSince is not null
        : signed + Patience < last || (IsLive && _waitingSince is not null && signed + Patience < _now);

    private bool IsInPlace(LogRecord record)
    {
        var place = DeedPlace.Of(record.Deed);
        if (place is not null && place.Log == (_log ?? place.Log) && place.Index > _edge.Size && place.Index - _edge.Size <= MaxGap)
        {
            Report(TrailProblems.Missing, Next, $"Records {Next} to {place.Index} are not there.");
            while (_edge.Size < place.Index)
            {
                _edge = _edge.Append(Nothing);
                CompareWithCheckpoints();
            }
        }

        if (place is null || place.Index != _edge.Size || place.Log != (_log ?? place.Log))
        {
            // One that is out of place puts those behind it out of place too.
            if (!_misplaced)
            {
                _misplaced = true;
                Report(TrailProblems.Misplaced, Next, $"In the place of record {Next} is one of another place.");
            }

            return false;
        }

        if (_rules.Take(place, Next) && place.Index >= (_newest?.Head.Size ?? 0))
        {
            _waitingSince ??= place.RecordedAt;
        }

        return true;
    }

    /// <summary>Compares the tree with the checkpoints of this size.</summary>
    private void CompareWithCheckpoints()
    {
        while (_ahead.TryPeek(out var checkpoint) && checkpoint.Head.Size <= _edge.Size)
        {
            _ahead.Dequeue();
            if (checkpoint.Head.Size < _edge.Size)
            {
                // In front of the first record: of no use to a part of a trail.
            }
            else
            {
                Compare(checkpoint, checkpoint.Head.Equals(_edge.Head));
            }
        }
    }

    private void Compare(TrailCheckpoint checkpoint, bool agrees)
    {
        if (agrees)
        {
            _coveredTo = checkpoint;
            foreach (var (key, seenAt) in checkpoint.SeenBy)
            {
                _witnesses[key.ToString()] = new TrailWitness(key.Name, checkpoint.Head.Size, seenAt!.Value);
            }
        }
        else if (!_changed)
        {
            // Once a leaf is another one, every later root is.
            _changed = true;
            var first = (_coveredTo?.Head.Size ?? _before) + 1;
            var last = Math.Min(checkpoint.Head.Size, Math.Max(first, _edge.Size));
            Report(TrailProblems.Changed, first, $"Records {first} to {last} are not those that a checkpoint covers.");
        }
    }
}
