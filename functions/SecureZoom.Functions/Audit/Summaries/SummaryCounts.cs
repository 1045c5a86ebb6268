using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>What is counted of an hour or a day, as its row keeps it.</summary>
internal sealed class SummaryCounts
{
    /// <summary>Different reasons or factors that are told apart; all others are <c>other</c>.</summary>
    private const int MaxReasons = 50;
    internal const string Other = "other";

    /// <summary>People and addresses that are remembered by their failures; of more, those with the fewest are forgotten.</summary>
    private const int MaxPeople = 100;
    private const int MaxAddresses = 40;
    /// <summary>How many of a kind: what a stranger can cause pushes nothing else out.</summary>
    private const int MaxAttention = 8;

    /// <summary>The summary that it belongs to: what another has left behind counts as missing.</summary>
    public string Generation { get; set; } = "";

    /// <summary>The last record that is counted in it.</summary>
    public long Sequence { get; set; }

    public long SignIns { get; set; }

    public long FailedSignIns { get; set; }

    public Dictionary<string, long> FailedBy { get; init; } = new(StringComparer.Ordinal);

    public int Active { get; set; }

    public bool ActiveAtLeast { get; set; }

    public int WithSecondFactor { get; set; }

    public long Lockouts { get; set; }

    public long SignOuts { get; set; }

    public long FactorsChallenged { get; set; }

    public long FactorsSucceeded { get; set; }

    public long FactorsDenied { get; set; }

    public Dictionary<string, long> FactorsUsed { get; init; } = new(StringComparer.Ordinal);

    public long HostSignatures { get; set; }

    public long ParticipantSignatures { get; set; }

    public long LoweredSignatures { get; set; }

    public long Denied { get; set; }

    public Dictionary<string, long> DeniedBy { get; init; } = new(StringComparer.Ordinal);

    public long MeetingsCreated { get; set; }

    public long MeetingsStarted { get; set; }

    public long MeetingsEnded { get; set; }

    public long Joined { get; set; }

    public long Left { get; set; }

    /// <summary>By the person's key.</summary>
    public Dictionary<string, FailingPerson> People { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, FailingAddress> Addresses { get; init; } = new(StringComparer.Ordinal);

    public List<SummaryAttention> Attention { get; init; } = [];

    /// <summary>How many bytes it is as JSON at the most: keys and names may be all escapes.</summary>
    [JsonIgnore]
    public int Size => 16_384 + (People.Count * 2_600) + (Addresses.Count * 1_400) + (Attention.Count * 3_000);

    public static void Count(Dictionary<string, long> by, string? reason, long count)
    {
        var known = reason is { Length: > 0 and <= 64 } && (by.Count < MaxReasons || by.ContainsKey(reason)) ? reason : Other;
        by[known] = by.GetValueOrDefault(known) + count;
    }

    /// <summary>Counts a sign-in among those of the person: a success only for whom failures are remembered.</summary>
    public void CountPerson(string key, string? name, bool failed)
    {
        var known = People.GetValueOrDefault(key);
        if (known is null && !failed)
        {
            return;
        }

        People[key] = new FailingPerson(name ?? known?.Name, (known?.Failed ?? 0) + (failed ? 1 : 0), (known?.Succeeded ?? 0) + (failed ? 0 : 1));
        Forget(People, MaxPeople, key, one => one.Failed);
    }

    /// <param name="person">A MAC of the person; null where nobody is named.</param>
    public void CountAddress(string ip, string? person)
    {
        var known = Addresses.GetValueOrDefault(ip) ?? new FailingAddress(0, []);
        var isNew = person is not null && known.People.Count < FailingAddress.MostPeople && !known.People.Contains(person, StringComparer.Ordinal);
        Addresses[ip] = new FailingAddress(known.Failed + 1, isNew ? [.. known.People, person!] : known.People);
        Forget(Addresses, MaxAddresses, ip, one => one.Failed);
    }

    /// <summary>One of a kind a person: the newest.</summary>
    public void Attend(SummaryAttention attention)
    {
        Attention.RemoveAll(one => one.Code == attention.Code && one.Person == attention.Person);
        Attention.Add(attention);
        if (Attention.Count(one => one.Code == attention.Code) > MaxAttention)
        {
            Attention.RemoveAt(Attention.FindIndex(one => one.Code == attention.Code));
        }
    }

    /// <summary>The same forget the same, in whatever order they are read.</summary>
    private static void Forget<T>(Dictionary<string, T> all, int most, string newest, Func<T, long> failed)
    {
        if (all.Count > most)
        {
            all.Remove(all.Where(one => one.Key != newest).MinBy(one => (failed(one.Value), one.Key), FewestFirst.Instance).Key);
        }
    }

    private sealed class FewestFirst : IComparer<(long Failed, string Key)>
    {
        public static FewestFirst Instance { get; } = new();

        public int Compare((long Failed, string Key) x, (long Failed, string Key) y) =>
            x.Failed == y.Failed ? string.CompareOrdinal(x.Key, y.Key) : x.Failed.CompareTo(y.Failed);
    }
}
