using Azure.Data.Tables;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Revocations;

/// <summary>
/// Makes room in the list for what is new: first goes what can no longer matter; then whoever takes most of it gives up its oldest rows. So
/// nobody fills the list for another.
/// </summary>
/// <remarks>
/// A row that gives way while tokens from before it may live leaves a moment behind: everybody of that connection or organisation who signed in
/// before it has to again. Who is out where they sign in cannot, so nobody is let in by it, and nobody else's people are asked to.
/// </remarks>
internal sealed class AccessRoom(int capacity, TimeSpan tokenLife)
{
    /// <summary>An Okta's people alone have subjects of its connection.</summary>
    private const char Separator = '|';

    /// <summary>How long a row may matter by itself: a sign-in lives no longer at the identity provider, and the last token of it ends then.</summary>
    public TimeSpan Matters => EndedAccess.Remember + tokenLife;

    /// <summary>What is written and what goes for these to be in the list.</summary>
    /// <param name="news">What is new; of one id one.</param>
    public AccessPlan Plan(IReadOnlyDictionary<string, TableEntity> rows, IReadOnlyList<EndedAccess> news, DateTimeOffset now, EndedAccessId ids)
    {
        var all = rows.Values.Where(EndedAccess.IsOne).Select(EndedAccess.Read).ToDictionary(ended => ended.Id, StringComparer.Ordinal);
        var written = news.ToDictionary(ended => ended.Id, StringComparer.Ordinal);
        foreach (var ended in news)
        {
            all[ended.Id] = ended;
        }

        // By itself the partition forgets as many of those whose time has come as a change may take out.
        var expired = rows.Values.Where(row => !written.ContainsKey(row.RowKey) && PartitionContents.MayGo(row, now)).Select(row => row.RowKey).ToHashSet(StringComparer.Ordinal);
        var gone = Covered(all.Values).Take(PartitionChange.MostRemoved).ToList();
        var excess = all.Count + 1 - capacity - Math.Min(PartitionChange.MostRemoved, gone.Union(expired).Count());
        var givingWay = excess > 0
            ? Oldest([.. all.Values.Where(ended => !gone.Contains(ended.Id) && !expired.Contains(ended.Id) && ended.Kind != EndedAccessKind.Everybody)], excess)
            : [];
        foreach (var moment in Moments(givingWay, all, now, ids))
        {
            written[moment.Id] = moment;
        }

        var removed = gone.Concat(givingWay.Select(ended => ended.Id)).ToHashSet(StringComparer.Ordinal);
        return new AccessPlan(
            new PartitionChange([.. written.Values.Where(ended => !removed.Contains(ended.Id)).Select(ended => ended.ToRow(now + Matters))], [.. removed.Where(rows.ContainsKey)]),
            givingWay);
    }

    /// <summary>The states of those whose account is gone: that one alone refuses all their tokens.</summary>
    private static IEnumerable<string> Covered(IReadOnlyCollection<EndedAccess> all)
    {
        var deleted = all.Where(ended => ended is { Holds: true, Kind: EndedAccessKind.Deleted }).Select(Who).ToHashSet();
        return deleted.Count == 0
            ? []
            : all.Where(ended => ended is { Holds: true, IsState: true } && ended.Kind != EndedAccessKind.Deleted && deleted.Contains(Who(ended))).Select(ended => ended.Id);
    }

    /// <summary>Of whoever holds most; one more than are too many, for each moment that may stand for them.</summary>
    private static List<EndedAccess> Oldest(List<EndedAccess> all, int excess)
    {
        var most = all.GroupBy(ended => ended.Holder, StringComparer.Ordinal).MaxBy(held => held.Count())!.OrderBy(ended => ended.At).ThenBy(ended => ended.Id, StringComparer.Ordinal).ToList();
        var count = excess;
        while (count < Math.Min(most.Count, PartitionChange.MostRemoved) && count < excess + most.Take(count).Select(Stand).Distinct().Count())
        {
            count++;
        }

        return [.. most.Take(count)];
    }

    private IEnumerable<EndedAccess> Moments(List<EndedAccess> givingWay, Dictionary<string, EndedAccess> all, DateTimeOffset now, EndedAccessId ids) => givingWay
        .Where(ended => ended.Holds && ended.At > now - Matters)
        .GroupBy(Stand)
        .Select(same =>
        {
            var newest = same.MaxBy(ended => ended.At)!;
            var moment = EndedAccess.Of(new EndedAccessChange(EndedAccessKind.Everybody, Ends: true, newest.Issuer, same.Key.Subjects, newest.At)
            {
                Reach = same.Key.Reach,
                Organization = newest.Organization,
                Reason = "list_full",
                By = newest.By,
            }, ids);
            return all.TryGetValue(moment.Id, out var known) && known.At > moment.At ? known : moment;
        });

    private static (string Issuer, string Subject, string Reach) Who(EndedAccess ended) => (ended.Issuer, ended.Subject, ended.Reach);

    /// <summary>
    /// Whose tokens a moment is for that stands for a row: those of the row's own connection where it counts everywhere and nobody is known to be
    /// its only organisation, or it is an Okta's; else those of the organisations that it counts in, or is of.
    /// </summary>
    private static (string Issuer, string Subjects, string Reach) Stand(EndedAccess ended) =>
        ended.Reach != EndedAccessChange.Everywhere ? (ended.Issuer, "", ended.Reach)
        : ended.Organization is { } own && !ended.IsOfOkta ? (ended.Issuer, "", own)
        : (ended.Issuer, ended.Subject.LastIndexOf(Separator) is >= 0 and var end ? ended.Subject[..(end + 1)] : ended.Subject, ended.Reach);
}
