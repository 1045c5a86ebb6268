using SecureZoom.Verification.Log;

namespace SecureZoom.Verification;

/// <summary>The parts of records that are withheld, and by which record behind each it is said that it was to be destroyed.</summary>
public sealed class WithheldParts
{
    /// <summary>Of each part's number the records, growing; and the authority of each, 0 while there is none.</summary>
    private readonly SortedDictionary<int, (List<long> Records, List<long> Authorities)> _parts = [];
    private readonly SortedSet<long> _proved = [];

    public WithheldParts()
    {
    }

    /// <param name="unexplained">What was found before, and not explained yet.</param>
    public WithheldParts(IEnumerable<ErasedParts> unexplained)
    {
        foreach (var (part, records) in unexplained)
        {
            for (var i = 0; i < records.Count; i += 2)
            {
                for (var sequence = records[i]; sequence <= records[i + 1]; sequence++)
                {
                    Add(sequence, part);
                }
            }
        }
    }

    /// <summary>Whether no record so far explains some of them.</summary>
    public bool AreUnexplained => _parts.Values.Any(one => one.Authorities.Contains(0));

    /// <summary>Those.</summary>
    public IReadOnlyList<ErasedParts> Unexplained =>
    [
        .. _parts.Select(part => ErasedParts.Of(part.Key, part.Value.Records.Where((_, place) => part.Value.Authorities[place] == 0)))
            .Where(part => part.Records.Count > 0),
    ];

    /// <summary>Their records.</summary>
    public IReadOnlyList<long> UnexplainedRecords =>
        [.. _parts.Values.SelectMany(part => part.Records.Where((_, place) => part.Authorities[place] == 0)).Distinct().Order()];

    /// <summary>Takes the next record of a trail: what is withheld of it, and what it explains.</summary>
    public void Take(long sequence, LogRecord record)
    {
        for (var part = 0; part < record.Parts.Count; part++)
        {
            if (record.Parts[part].IsWithheld)
            {
                Add(sequence, part);
            }
        }

        if (ErasureAuthority.Of(sequence, record) is { } authority)
        {
            Explain(authority);
        }
    }

    /// <param name="isProved">Whether it is known to be in the log by more than standing there.</param>
    /// <returns>Whether it explains any that nothing has explained before.</returns>
    public bool Explain(ErasureAuthority authority, bool isProved = false)
    {
        if (isProved)
        {
            _proved.Add(authority.Sequence);
        }

        var explains = false;
        foreach (var (number, runs) in authority.Parts)
        {
            if (!_parts.TryGetValue(number, out var part))
            {
                continue;
            }

            for (var i = 0; i < runs.Count; i += 2)
            {
                var place = part.Records.BinarySearch(runs[i]);
                for (place = place < 0 ? ~place : place; place < part.Records.Count && part.Records[place] <= runs[i + 1]; place++)
                {
                    // A record says nothing of those behind it, nor of itself.
                    if (part.Authorities[place] == 0 && part.Records[place] < authority.Sequence)
                    {
                        part.Authorities[place] = authority.Sequence;
                        explains = true;
                    }
                }
            }
        }

        return explains;
    }

    /// <summary>What is erased, and on whose authority.</summary>
    /// <param name="provedTo">The last record that a checkpoint covers.</param>
    internal TrailErasures Judge(long provedTo)
    {
        var explained = _parts.Values.SelectMany(part => part.Records.Zip(part.Authorities)).Where(one => one.Second > 0).ToList();
        return new TrailErasures(
            explained.Count,
            explained.Select(one => one.First).Distinct().LongCount(),
            [
                .. explained.GroupBy(one => one.Second).OrderBy(group => group.Key)
                    .Select(group => new TrailErasure(group.Key, group.LongCount(), group.Select(one => one.First).Distinct().LongCount())),
            ])
        {
            Unproved = explained.LongCount(one => one.Second > provedTo && !_proved.Contains(one.Second)),
            Unexplained = _parts.Values.Sum(part => part.Authorities.LongCount(authority => authority == 0)),
        };
    }

    /// <param name="sequence">Larger than those before.</param>
    private void Add(long sequence, int part)
    {
        if (!_parts.TryGetValue(part, out var known))
        {
            _parts[part] = known = ([], []);
        }

        known.Records.Add(sequence);
        known.Authorities.Add(0);
    }
}
