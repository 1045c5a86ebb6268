namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Which numbers of a stream have come: all up to the highest, but those in gaps.</summary>
internal sealed record StreamAccount(long High, IReadOnlyList<NumberGap> Gaps)
{
    public static StreamAccount Empty { get; } = new(0, []);

    public StreamAccount Mark(long first, long last, DateTimeOffset now)
    {
        var gaps = Gaps.SelectMany(gap => gap.Without(first, last)).ToList();
        if (first > High + 1)
        {
            gaps.Add(new NumberGap(High + 1, first - 1, first - 1 - High, now));
        }

        return new StreamAccount(Math.Max(High, last), gaps);
    }

    /// <summary>The two oldest gaps as one, with what lies between them.</summary>
    public StreamAccount JoinOldest()
    {
        var (one, two) = (Gaps[0], Gaps[1]);
        var joined = new NumberGap(
            one.First, two.Last, one.Missing + two.Missing, one.NoticedAt < two.NoticedAt ? one.NoticedAt : two.NoticedAt);
        return this with { Gaps = [joined, .. Gaps.Skip(2)] };
    }
}
