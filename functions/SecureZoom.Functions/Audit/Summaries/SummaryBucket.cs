namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>An hour or a day that is being counted: what its two rows keep.</summary>
internal sealed class SummaryBucket(SummarySpan span, DateTimeOffset start, SummaryCounts counts, SummaryPeople people)
{
    public static SummaryBucket New(SummarySpan span, DateTimeOffset start, string generation) =>
        new(span, start, new SummaryCounts { Generation = generation }, new SummaryPeople());

    public SummarySpan Span => span;

    public DateTimeOffset Start => start;

    public SummaryCounts Counts => counts;

    public SummaryPeople People => people;

    /// <summary>Whether its rows are to be written.</summary>
    public bool IsChanged { get; set; }

    public void AddActive(ulong person)
    {
        counts.ActiveAtLeast |= !people.TryAddActive(person);
        Recount();
    }

    public void AddWithFactor(ulong person)
    {
        people.TryAddWithFactor(person);
        Recount();
    }

    private void Recount() => (counts.Active, counts.WithSecondFactor) = (people.Active, people.ActiveWithFactor);
}
