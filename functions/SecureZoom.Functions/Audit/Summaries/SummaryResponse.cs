namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>The answer of <c>GET /api/audit/summary</c>.</summary>
/// <param name="By"><c>hour</c> or <c>day</c>.</param>
/// <param name="To">The end of the last hour or day.</param>
/// <param name="Buckets">Those in which something happened, the oldest first.</param>
/// <param name="Locked">Whose account is locked now, the newest first.</param>
/// <param name="Attention">The newest first.</param>
public sealed record SummaryResponse(
    CountedTo AsOf,
    string By,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<SummaryHour> Buckets,
    IReadOnlyList<LockedPerson> Locked,
    IReadOnlyList<SummaryAttention> Attention,
    IReadOnlyList<HeardSource> Sources);

/// <summary>The last record that is counted; both null where there is none.</summary>
public sealed record CountedTo(long? Sequence, DateTimeOffset? Time);

/// <summary>An hour or a day.</summary>
public sealed record SummaryHour(
    DateTimeOffset Start,
    SignInCounts SignIns,
    PeopleCounts People,
    long Lockouts,
    long SignOuts,
    FactorCounts Factors,
    SignatureCounts Signatures,
    DeniedCounts Denied,
    MeetingCounts Meetings,
    ParticipantCounts Participants,
    TopCounts Top)
{
    private const int MostReasons = 20;
    private const int MostTop = 10;

    internal static SummaryHour Of(DateTimeOffset start, SummaryCounts counts) => new(
        start,
        new SignInCounts(counts.SignIns, counts.FailedSignIns, Reasons(counts.FailedBy)),
        new PeopleCounts(counts.Active, counts.ActiveAtLeast, counts.WithSecondFactor),
        counts.Lockouts,
        counts.SignOuts,
        new FactorCounts(
            counts.FactorsChallenged, counts.FactorsSucceeded, counts.FactorsDenied, [.. Largest(counts.FactorsUsed).Take(MostReasons).Select(one => new FactorCount(one.Key, one.Value))]),
        new SignatureCounts(counts.HostSignatures, counts.ParticipantSignatures, counts.LoweredSignatures),
        new DeniedCounts(counts.Denied, Reasons(counts.DeniedBy)),
        new MeetingCounts(counts.MeetingsCreated, counts.MeetingsStarted, counts.MeetingsEnded),
        new ParticipantCounts(counts.Joined, counts.Left),
        new TopCounts(
            [.. counts.People.Where(one => one.Value.Failed > 0).OrderByDescending(one => one.Value.Failed).ThenBy(one => one.Key, StringComparer.Ordinal).Take(MostTop)
                .Select(one => new TopPerson(one.Key, one.Value.Name, one.Value.Failed, one.Value.Succeeded))],
            [.. counts.Addresses.OrderByDescending(one => one.Value.Failed).ThenBy(one => one.Key, StringComparer.Ordinal).Take(MostTop)
                .Select(one => new TopAddress(one.Key, one.Value.Failed, one.Value.People.Count))]));

    /// <summary>All others are <c>other</c>.</summary>
    private static IReadOnlyList<ReasonCount> Reasons(IReadOnlyDictionary<string, long> by)
    {
        var largest = Largest(by).Where(one => one.Key != SummaryCounts.Other).ToList();
        var others = by.GetValueOrDefault(SummaryCounts.Other) + largest.Skip(MostReasons).Sum(one => one.Value);
        return [.. largest.Take(MostReasons).Select(one => new ReasonCount(one.Key, one.Value)), .. others > 0 ? (ReasonCount[])[new ReasonCount(SummaryCounts.Other, others)] : []];
    }

    private static IEnumerable<KeyValuePair<string, long>> Largest(IReadOnlyDictionary<string, long> by) =>
        by.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal);
}

/// <summary>How often for one reason.</summary>
public sealed record ReasonCount(string Reason, long Count);

/// <summary>Sign-ins at identity providers.</summary>
public sealed record SignInCounts(long Succeeded, long Failed, IReadOnlyList<ReasonCount> FailedBy);

/// <summary>Different people who signed in, got a signature, or joined.</summary>
/// <param name="AtLeast">Whether there are more than are told apart.</param>
public sealed record PeopleCounts(int Active, bool AtLeast, int WithSecondFactor);

/// <summary>Second factors.</summary>
public sealed record FactorCounts(long Challenged, long Succeeded, long Denied, IReadOnlyList<FactorCount> Used);

/// <summary>How often with one factor.</summary>
public sealed record FactorCount(string Factor, long Count);

/// <summary>Signatures by role.</summary>
/// <param name="Lowered">Those of participants who asked to host.</param>
public sealed record SignatureCounts(long Host, long Participant, long Lowered);

/// <summary>Refused calls.</summary>
public sealed record DeniedCounts(long Count, IReadOnlyList<ReasonCount> By);

/// <summary>Meetings, as Zoom told.</summary>
public sealed record MeetingCounts(long Created, long Started, long Ended);

/// <summary>Participants, as Zoom told.</summary>
public sealed record ParticipantCounts(long Joined, long Left);

/// <summary>Who and what failed most.</summary>
public sealed record TopCounts(IReadOnlyList<TopPerson> People, IReadOnlyList<TopAddress> Addresses);

/// <summary>Sign-ins of one person.</summary>
public sealed record TopPerson(string Person, string? Name, long Failed, long Succeeded);

/// <summary>Failed sign-ins from one address.</summary>
public sealed record TopAddress(string Ip, long Failed, int People);

/// <summary>Whose account is locked.</summary>
public sealed record LockedPerson(string Person, string? Name, DateTimeOffset Since, long Sequence);

/// <summary>When a source was heard last; null where it never was.</summary>
public sealed record HeardSource(string Type, DateTimeOffset? HeardAt, bool Silent);
