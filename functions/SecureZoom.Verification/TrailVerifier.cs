using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace SecureZoom.Verification;

/// <summary>Recomputes a trail's chain line by line and compares it with the checkpoints that were signed meanwhile.</summary>
/// <remarks>
/// Who can change the stored trail can also recompute every later hash, so the chain alone proves little; a checkpoint that was signed and
/// put out of reach before proves all that it covers. What was recorded after the last checkpoint is consistent at best, not proved.
/// </remarks>
public sealed class TrailVerifier
{
    private const int MaxProblems = 20;

    private readonly Queue<SignedCheckpoint> _ahead;
    private readonly List<TrailProblem> _problems;
    private readonly string? _organization;
    private byte[] _hash;
    private long _next;
    private byte[] _marks = [];
    private long _marksFrom;
    private long _provedTo;
    private long _records;
    private long? _firstChanged;
    private bool _changed;
    private bool _misplaced;
    private DateTimeOffset? _first;
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private Checkpoint? _coveredTo;

    /// <param name="before">The chain's hash before the first line: <see cref="HashChain.Genesis"/> for a whole trail.</param>
    /// <param name="firstSequence">The first line's sequence: 1 for a whole trail.</param>
    public TrailVerifier(CheckpointSeries series, ReadOnlySpan<byte> before, long firstSequence = 1)
    {
        _problems = [.. series.Problems];
        _organization = series.Checkpoints.Select(checkpoint => checkpoint.Statement.Organization).FirstOrDefault();
        _hash = before.ToArray();
        _next = firstSequence;
        _ahead = new Queue<SignedCheckpoint>(series.Checkpoints);
        Meet();
    }

    /// <summary>The chain's hash at the last line.</summary>
    public ReadOnlySpan<byte> Hash => _hash;

    /// <summary>Takes the next line: UTF-8 JSON without its line break.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        CheckPlace(line);
        _hash = HashChain.Link(_hash, line);
        CheckMark();
        _next++;
        _records++;
        Meet();
    }

    /// <summary>Says what is wrong that only others can see, such as a MAC that does not fit.</summary>
    public void Report(TrailProblem problem)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(problem);
        }
    }

    public TrailVerdict Finish()
    {
        if (_ahead.LastOrDefault() is { Statement.Sequence: var covered } && covered >= _next)
        {
            Report(new TrailProblem(
                TrailProblems.Missing, _next, Text($"Records {_next} to {covered} are covered by a checkpoint, and are not there.")));
        }

        return new TrailVerdict(_records, _first, _coveredTo, [.. _problems.OrderBy(problem => problem.Sequence)]);
    }

    private void CheckPlace(ReadOnlySpan<byte> line)
    {
        LinePlace? place = null;
        try
        {
            place = JsonSerializer.Deserialize(line, VerificationJson.Default.LinePlace);
        }
        catch (JsonException)
        {
            // Told below, as any other line that does not belong here.
        }

        if (place is null || place.Sequence != _next || (_organization is not null && place.Organization != _organization) || place.RecordedAt < _last)
        {
            // One that is out of place puts those behind it out of place too.
            if (!_misplaced)
            {
                _misplaced = true;
                Report(new TrailProblem(TrailProblems.Misplaced, _next, Text($"In the place of record {_next} is something else.")));
            }

            return;
        }

        _first ??= place.RecordedAt;
        _last = place.RecordedAt;
    }

    /// <summary>Finds the first record whose hash is not the one that the next checkpoint saw.</summary>
    private void CheckMark()
    {
        var index = _next - _marksFrom;
        if (_firstChanged is null
            && index >= 0 && index < _marks.Length / Checkpoint.MarkSize
            && !_marks.AsSpan((int)index * Checkpoint.MarkSize, Checkpoint.MarkSize).SequenceEqual(_hash.AsSpan(0, Checkpoint.MarkSize)))
        {
            _firstChanged = _next;
        }
    }

    /// <summary>Compares the chain with the checkpoints at this place, and takes the marks of the next one.</summary>
    private void Meet()
    {
        while (_ahead.TryPeek(out var checkpoint) && checkpoint.Statement.Sequence < _next)
        {
            Compare(_ahead.Dequeue().Statement);
        }

        if (_ahead.TryPeek(out var next) && _marksFrom + (_marks.Length / Checkpoint.MarkSize) - 1 != next.Statement.Sequence)
        {
            _marks = Decode(next.Statement.Marks);
            _marksFrom = next.Statement.Sequence - (_marks.Length / Checkpoint.MarkSize) + 1;
        }
    }

    private void Compare(Checkpoint statement)
    {
        if (statement.Sequence < _next - 1)
        {
            // In front of the first line: of no use to a part of a trail.
            return;
        }

        if (statement.Hash == Convert.ToHexStringLower(_hash))
        {
            (_coveredTo, _provedTo) = (statement, statement.Sequence);
        }
        else if (!_changed)
        {
            // Once a record is another one, every later hash is.
            _changed = true;
            var first = _firstChanged ?? _provedTo + 1;
            Report(new TrailProblem(
                TrailProblems.Changed, first, Text($"Record {first} is not the one that the checkpoint of {statement.SignedAt:u} covers.")));
        }
    }

    private static byte[] Decode(string marks)
    {
        try
        {
            return Base64Url.DecodeFromChars(marks);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
