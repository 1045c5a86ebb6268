using System.Globalization;

namespace SecureZoom.Verification;

/// <summary>What holds of records wherever they are verified: each is of an event of its own, and no time goes back. It keeps what was found wrong.</summary>
/// <param name="problems">What was found before.</param>
internal sealed class RecordRules(IEnumerable<TrailProblem> problems, DateTimeOffset now)
{
    /// <summary>Of each kind, so that much of one hides no other.</summary>
    private const int MaxOfOne = 20;

    /// <summary>How far a record's time may be ahead of our clock.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    private readonly List<TrailProblem> _problems = [.. problems];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public IReadOnlyList<TrailProblem> Problems => _problems;

    /// <summary>Those by the records that they are about.</summary>
    public IReadOnlyList<TrailProblem> Sorted => [.. _problems.OrderBy(problem => problem.Sequence)];

    /// <summary>When the first record was recorded whose time can be.</summary>
    public DateTimeOffset? First { get; private set; }

    public DateTimeOffset? Last { get; private set; }

    /// <summary>Takes a record that is in its place.</summary>
    /// <returns>Whether its time can be.</returns>
    public bool Take(DeedPlace place, long sequence)
    {
        if (!_ids.Add(place.Id))
        {
            Report(TrailProblems.Twice, sequence, $"Record {sequence} is of an event that was recorded before.");
        }

        if (place.RecordedAt < Last || place.RecordedAt > now + Ahead)
        {
            Report(TrailProblems.Time, sequence, $"Record {sequence} says that it was recorded at {place.RecordedAt:u}.");
            return false;
        }

        First ??= place.RecordedAt;
        Last = place.RecordedAt;
        return true;
    }

    public void Report(string code, long? sequence, FormattableString detail)
    {
        if (_problems.Count(problem => problem.Code == code) < MaxOfOne)
        {
            _problems.Add(new TrailProblem(code, sequence, detail.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
