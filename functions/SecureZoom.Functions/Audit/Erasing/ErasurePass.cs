using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>What was found in a trail of a person who is erased, and what came of it.</summary>
/// <param name="lookedTo">The record in front of the first that is looked at.</param>
internal sealed class ErasurePass(long lookedTo)
{
    private readonly Dictionary<string, int> _kept = new(StringComparer.Ordinal);

    /// <summary>The last record that was looked at.</summary>
    public long LookedTo { get; set; } = lookedTo;

    /// <summary>The parts that are there, of each record.</summary>
    public SortedDictionary<long, IReadOnlyList<int>> Found { get; } = [];

    /// <summary>The records that say what is destroyed.</summary>
    public List<ErasureAuthority> Authorities { get; } = [];

    public IEnumerable<string> Kept => _kept.OrderBy(one => one.Key, StringComparer.Ordinal)
        .Select(one => $"{one.Value} {(one.Value == 1 ? "record" : "records")} of {one.Key}");

    public void Keep(string action) => _kept[action] = _kept.GetValueOrDefault(action) + 1;

    /// <summary>What is found and no record says yet that it is destroyed.</summary>
    public IReadOnlyList<ErasedParts> Unauthorised() =>
    [
        .. Found.SelectMany(record => record.Value.Select(number => (Part: number, Sequence: record.Key)))
            .Where(one => FindAuthority(one.Sequence, one.Part) is null)
            .GroupBy(one => one.Part).OrderBy(group => group.Key)
            .Select(group => ErasedParts.Of(group.Key, group.Select(one => one.Sequence))),
    ];

    /// <summary>The record that says that a part is destroyed.</summary>
    public long AuthorityOf(long sequence, int part) => FindAuthority(sequence, part)
        ?? throw new InvalidOperationException("Nothing is destroyed that is not on record.");

    private long? FindAuthority(long sequence, int part)
    {
        foreach (var authority in Authorities)
        {
            if (sequence < authority.Sequence && authority.Parts.Any(one => one.Part == part && one.Has(sequence)))
            {
                return authority.Sequence;
            }
        }

        return null;
    }
}
