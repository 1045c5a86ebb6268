using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>One record, and what it counts in.</summary>
internal sealed record SummaryCounting(
    AuditRecord Record, DateTimeOffset At, SummaryState State, IReadOnlyList<SummaryBucket> Buckets, StableMac Mac, string Organization)
{
    public void Count(Action<SummaryCounts> count)
    {
        foreach (var bucket in Buckets)
        {
            count(bucket.Counts);
        }
    }

    public void AddActive(SummaryPerson person) => Add(person, (bucket, one) => bucket.AddActive(one));

    public void AddWithFactor(SummaryPerson person) => Add(person, (bucket, one) => bucket.AddWithFactor(one));

    public void Attend(string code, SummaryPerson person) =>
        Count(counts => counts.Attend(new SummaryAttention(code, person.Key, person.Name, Record.Client?.Ip, At, Record.Sequence)));

    public void Unlock(SummaryPerson? person)
    {
        if (person is not null && State.Locked.TryGetValue(person.Key, out var locked) && locked.Since <= At)
        {
            State.Locked.Remove(person.Key);
        }
    }

    public ulong MacOf(SummaryPerson person) => SummaryPerson.MacOf(Mac, Organization, person.Key, person.IsClaimed);

    private void Add(SummaryPerson person, Action<SummaryBucket, ulong> add)
    {
        var one = MacOf(person);
        foreach (var bucket in Buckets)
        {
            add(bucket, one);
        }
    }
}
