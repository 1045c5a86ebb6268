using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Revocations;

/// <summary>
/// Whose tokens are not taken any more although they are genuine: a partition of the table <c>access</c>, which every instance reads ahead,
/// so that looking a token up asks nobody.
/// </summary>
public sealed class AccessList([FromKeyedServices(AccessList.Partition)] CachedPartition rows, TimeProvider time)
{
    internal const string Partition = "people";

    /// <summary>The most that one organisation's administrators may have ended at a time, so that none fills the list of all.</summary>
    public const int MostOfOne = 1_000;

    private const int Rounds = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The rows that were read last, by whose they are; found again for each reading, not for each call.</summary>
    private volatile Index? _index;

    /// <summary>Whether a token's access has ended.</summary>
    /// <param name="anyAge">Whether the list that was read last will do, however long ago that was.</param>
    /// <exception cref="StorageUnavailableException">The list was never read, or not for a minute.</exception>
    public async ValueTask<bool> HasEndedAsync(AccessToCheck token, bool anyAge, CancellationToken cancellationToken)
    {
        var index = IndexOf(await rows.RowsAsync(cancellationToken, anyAge));
        return index.BySubject[(token.Issuer, token.Subject)].Any(ended => ended.Refuses(token))
            || (token.Session is { } session && index.BySubject[(token.Issuer, session)].Any(ended => ended.Refuses(token)));
    }

    /// <summary>Looks whether the list is known well enough to go by.</summary>
    /// <exception cref="StorageUnavailableException">It is not.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken) => await rows.RowsAsync(cancellationToken);

    /// <summary>What has ended and may be lifted by an organisation, the newest first.</summary>
    /// <exception cref="StorageUnavailableException">The list is not known well enough.</exception>
    public async ValueTask<IReadOnlyList<EndedAccess>> ListAsync(string organization, CancellationToken cancellationToken) =>
        [.. (await rows.RowsAsync(cancellationToken)).Values.Select(EndedAccess.Read).Where(ended => ended.Holds && ended.MayBeLiftedBy(organization)).OrderByDescending(ended => ended.At)];

    /// <summary>Whether an organisation may end one more by itself; what its identity provider has ended does not count.</summary>
    /// <exception cref="StorageUnavailableException">The list is not known well enough.</exception>
    public async ValueTask<bool> HasRoomForAsync(string organization, CancellationToken cancellationToken) =>
        (await ListAsync(organization, cancellationToken)).Count(ended => ended.IsByHand) < MostOfOne;

    /// <summary>Once it returns all of it holds here, and elsewhere within 15 seconds; the same again, or what is older, changes nothing.</summary>
    public async Task ApplyAsync(IReadOnlyCollection<AccessChange> changes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // What is older than the list remembers could bring back what has been lifted since.
        var due = changes.Where(change => change.At > now - EndedAccess.Remember)
            .GroupBy(EndedAccess.IdOf)
            // By the source's own clock, which may be ahead of ours; of two at once, what puts out.
            .Select(same => same.MaxBy(change => (change.At, change.Ends))!)
            .Select(change => EndedAccess.Of(change with { At = change.At < now ? change.At : now }));
        foreach (var some in due.Chunk(CachedPartition.MostAtOnce))
        {
            await ChangeAsync(
                known => [.. some.Where(ended => IsNews(ended, known)).Select(ended => ended.ToRow(now))], cancellationToken);
        }
    }

    /// <summary>Lifts what ended an organisation's access; the event that ended it does not bring it back.</summary>
    /// <returns>What it was; null when the organisation has none of that id.</returns>
    public async Task<EndedAccess?> LiftAsync(string organization, string id, CancellationToken cancellationToken)
    {
        EndedAccess? lifted = null;
        await ChangeAsync(
            known =>
            {
                lifted = known.TryGetValue(id, out var row) && EndedAccess.Read(row) is { Holds: true } ended && ended.MayBeLiftedBy(organization) ? ended : null;
                return lifted is null ? [] : [(lifted with { Holds = false }).ToRow(time.GetUtcNow())];
            },
            cancellationToken);
        return lifted;
    }

    /// <summary>Where many are put out at once, several instances write; each has its turn a moment later.</summary>
    private async Task ChangeAsync(
        Func<IReadOnlyDictionary<string, TableEntity>, IReadOnlyList<TableEntity>> change, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                await rows.ChangeAsync(change, cancellationToken);
                return;
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412 && round < Rounds)
            {
                await Task.Delay(Pause * (round * Random.Shared.NextDouble()), time, cancellationToken);
            }
        }
    }

    private static bool IsNews(EndedAccess ended, IReadOnlyDictionary<string, TableEntity> known) =>
        known.TryGetValue(ended.Id, out var row) ? ended.At > EndedAccess.Read(row).At : ended.Holds || ended.Kind != AccessKind.SignedOut;

    private Index IndexOf(IReadOnlyDictionary<string, TableEntity> known)
    {
        if (_index is not { } index || index.Rows != known)
        {
            _index = index = new Index(known, known.Values.Select(EndedAccess.Read).Where(ended => ended.Holds).ToLookup(ended => (ended.Issuer, ended.Subject)));
        }

        return index;
    }

    private sealed record Index(IReadOnlyDictionary<string, TableEntity> Rows, ILookup<(string Issuer, string Subject), EndedAccess> BySubject);
}
