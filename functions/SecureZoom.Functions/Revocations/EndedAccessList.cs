using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Revocations;

/// <summary>
/// Whose tokens are not taken any more although they are genuine: a partition of the table <c>access</c>, which every instance reads ahead,
/// so that looking a token up asks nobody.
/// </summary>
/// <remarks>
/// A row says that the list is whole: that everything is in it which the trails tell. Without that row, as when somebody has emptied the partition,
/// it counts as unread, and is made anew from the trails.
/// </remarks>
public sealed partial class EndedAccessList
{
    internal const string Partition = "people";

    /// <summary>The most that one organisation's administrators may have ended at a time.</summary>
    public const int MostOfOne = 1_000;

    private const string WholeKey = "whole";
    private const int MostAtOnce = CachedPartition.MostAtOnce / 2;
    private const int Rounds = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CachedPartition _rows;
    private readonly AccessRoom _room;
    private readonly SecretStore _secrets;
    private readonly TimeProvider _time;
    private readonly ILogger<EndedAccessList> _logger;

    /// <summary>Ends when this instance has made the list whole: who asks at its start waits for that.</summary>
    private readonly TaskCompletionSource _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The rows that were read last, by whose they are; found again for each reading, not for each call.</summary>
    private volatile AccessIndex? _index;

    internal EndedAccessList(CachedPartition rows, IdentityOptions identity, SecretStore secrets, TimeProvider time, ILogger<EndedAccessList> logger)
    {
        (_rows, _room) = (rows, new AccessRoom(CachedPartition.Capacity, identity.MaxTokenLifetime));
        (_secrets, _time, _logger) = (secrets, time, logger);
    }

    /// <summary>The id that a change has in the list, once it is there.</summary>
    /// <exception cref="SecretException">There is no key.</exception>
    public async ValueTask<string> IdOfAsync(EndedAccessChange change, CancellationToken cancellationToken) =>
        (await EndedAccessId.OpenAsync(_secrets, cancellationToken)).Of(change);

    /// <summary>Whether a token's access has ended.</summary>
    /// <param name="anyAge">Whether the list that was read last will do, however long ago that was.</param>
    /// <exception cref="StorageUnavailableException">The list was never read, or not for a minute, or is not whole.</exception>
    public async ValueTask<bool> HasEndedAsync(TokenToCheck token, bool anyAge, CancellationToken cancellationToken) =>
        (await IndexAsync(anyAge, cancellationToken)).Refuses(token);

    /// <summary>Looks whether the list is known well enough to go by.</summary>
    /// <returns>Whether rows had to make room, lately.</returns>
    /// <exception cref="StorageUnavailableException">It is not.</exception>
    public async Task<bool> IsFullAsync(CancellationToken cancellationToken) => (await IndexAsync(anyAge: false, cancellationToken)).HasMoments;

    /// <summary>What has ended and may be lifted by an organisation, the newest first.</summary>
    /// <exception cref="StorageUnavailableException">The list is not known well enough.</exception>
    public async ValueTask<IReadOnlyList<EndedAccess>> ListAsync(string organization, CancellationToken cancellationToken) =>
        [.. (await IndexAsync(anyAge: false, cancellationToken)).All.Where(ended => ended.MayBeLiftedBy(organization)).OrderByDescending(ended => ended.At)];

    /// <summary>Whether an organisation may end one more by itself; what its identity provider has ended does not count.</summary>
    /// <exception cref="StorageUnavailableException">The list is not known well enough.</exception>
    public async ValueTask<bool> HasRoomForAsync(string organization, CancellationToken cancellationToken) =>
        (await ListAsync(organization, cancellationToken)).Count(ended => ended.IsByHand) < MostOfOne;

    /// <summary>Whether the list, as it was read last, has all of it; where it cannot be read it has not.</summary>
    internal async ValueTask<bool> HasAsync(IReadOnlyCollection<EndedAccessChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await _rows.RowsAsync(cancellationToken);
            return (await DueAsync(changes, _time.GetUtcNow() - EndedAccess.Remember, cancellationToken)).All(ended => !IsNews(ended, rows));
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Once it returns all of it holds here, and elsewhere within 15 seconds; the same again, or what is older, changes nothing.</summary>
    public async Task ApplyAsync(IReadOnlyCollection<EndedAccessChange> changes, CancellationToken cancellationToken) =>
        // What is older than the list remembers could bring back what has been lifted since.
        await ApplyAsync(await DueAsync(changes, _time.GetUtcNow() - EndedAccess.Remember, cancellationToken), cancellationToken);

    /// <summary>Whether everything is in the list, as it was read last.</summary>
    internal async ValueTask<bool> IsWholeAsync(CancellationToken cancellationToken) =>
        (await _rows.RowsAsync(cancellationToken)).ContainsKey(WholeKey);

    /// <summary>Makes the list whole: with these, which are all that ever was, and with what was ended since.</summary>
    internal async Task CompleteAsync(IReadOnlyCollection<EndedAccessChange> all, CancellationToken cancellationToken)
    {
        var (now, due) = (_time.GetUtcNow(), await DueAsync(all, DateTimeOffset.MinValue, cancellationToken));
        await ApplyAsync([.. due.Where(ended => (ended.Holds && ended.IsState && ended.Kind != EndedAccessKind.Deleted) || ended.At > now - _room.Matters)], cancellationToken);
        // Instances that start together would only be in each other's way.
        await ChangeAsync(
            known => known.ContainsKey(WholeKey) ? PartitionChange.None : new PartitionChange([new TableEntity { RowKey = WholeKey }], []), cancellationToken);
        _whole.TrySetResult();
    }

    /// <summary>Lifts what ended an organisation's access, with all that one call has ended; the event that ended it does not bring it back.</summary>
    /// <returns>What it is now; none when the organisation has none of that id.</returns>
    public async Task<IReadOnlyList<EndedAccess>> LiftAsync(string organization, string id, CancellationToken cancellationToken)
    {
        var lifted = new List<EndedAccess>();
        List<EndedAccess> some = [];
        do
        {
            await ChangeAsync(
                known =>
                {
                    // Later than the event, and before any other.
                    some =
                    [
                        .. known.Values.Where(EndedAccess.IsOne).Select(EndedAccess.Read)
                            .Where(ended => ended.Holds && ended.IsLiftedBy(id) && ended.MayBeLiftedBy(organization))
                            .Take(MostAtOnce).Select(ended => ended with { Holds = false, At = ended.At.AddTicks(1) }),
                    ];
                    return new PartitionChange([.. some.Select(one => one.ToRow(_time.GetUtcNow() + _room.Matters))], []);
                },
                cancellationToken);
            lifted.AddRange(some);
        }
        while (some.Count == MostAtOnce);

        return lifted;
    }

    /// <summary>Those of an organisation's rows that are meant, and until when each is kept; null for as long as it holds.</summary>
    /// <exception cref="StorageUnavailableException">The list is not known well enough.</exception>
    internal async ValueTask<IReadOnlyList<(EndedAccess Ended, DateTimeOffset? Until)>> FindAsync(
        string organization, Func<EndedAccess, bool> isMeant, CancellationToken cancellationToken) =>
        Meant(await _rows.RowsAsync(cancellationToken), organization, isMeant);

    /// <summary>Takes out of an organisation's rows those that are meant and over.</summary>
    /// <returns>Those that are meant and stay, and until when; null for as long as they hold.</returns>
    internal async Task<IReadOnlyList<(EndedAccess Ended, DateTimeOffset? Until)>> ForgetAsync(
        string organization, Func<EndedAccess, bool> isMeant, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            List<(EndedAccess Ended, DateTimeOffset? Until)> stays = [];
            List<EndedAccess> over = [];
            await ChangeAsync(
                known =>
                {
                    var now = _time.GetUtcNow();
                    var meant = Meant(known, organization, isMeant).ToLookup(one => one.Ended.IsOver || one.Until < now);
                    (stays, over) = ([.. meant[false]], [.. meant[true].Take(MostAtOnce).Select(one => one.Ended)]);
                    return over.Count == 0 ? PartitionChange.None : new PartitionChange([], [.. over.Select(ended => ended.Id)]);
                },
                cancellationToken);
            if (over.Count < MostAtOnce)
            {
                return stays;
            }
        }
    }

    private static List<(EndedAccess Ended, DateTimeOffset? Until)> Meant(
        IReadOnlyDictionary<string, TableEntity> rows, string organization, Func<EndedAccess, bool> isMeant) =>
        [
            .. rows.Values.Where(EndedAccess.IsOne)
                .Select(row => (Ended: EndedAccess.Read(row), Until: row.GetDateTimeOffset(CachedPartition.KeepUntil)))
                .Where(one => one.Ended.Trail == organization && isMeant(one.Ended)),
        ];

    private async ValueTask<IReadOnlyList<EndedAccess>> DueAsync(
        IReadOnlyCollection<EndedAccessChange> changes, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var ids = await EndedAccessId.OpenAsync(_secrets, cancellationToken);
        var now = _time.GetUtcNow();
        return
        [
            .. changes.Where(change => change.At > since)
                .GroupBy(ids.Of)
                // By the source's own clock, which may be ahead of ours; of two at once, what puts out.
                .Select(same => same.MaxBy(change => (change.At, change.Ends))!)
                .Select(change => EndedAccess.Of(change with { At = change.At < now ? change.At : now }, ids)),
        ];
    }

    private async Task ApplyAsync(IReadOnlyList<EndedAccess> due, CancellationToken cancellationToken)
    {
        var ids = await EndedAccessId.OpenAsync(_secrets, cancellationToken);
        foreach (var some in due.Chunk(MostAtOnce))
        {
            IReadOnlyList<EndedAccess> givingWay = [];
            await ChangeAsync(
                known =>
                {
                    EndedAccess[] news = [.. some.Where(ended => IsNews(ended, known))];
                    var plan = news.Length == 0 ? new AccessPlan(PartitionChange.None, []) : _room.Plan(known, news, _time.GetUtcNow(), ids);
                    givingWay = plan.GivingWay;
                    return plan.Change;
                },
                cancellationToken);
            if (givingWay is [.., var newest])
            {
                Log.Full(_logger, newest.Holder, givingWay.Count, newest.At);
            }
        }
    }

    /// <summary>Where many are put out at once, several instances write; each has its turn a moment later.</summary>
    private async Task ChangeAsync(Func<IReadOnlyDictionary<string, TableEntity>, PartitionChange> change, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                await _rows.ChangeAsync(change, cancellationToken);
                return;
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412 && round < Rounds)
            {
                await Task.Delay(Pause * (round * Random.Shared.NextDouble()), _time, cancellationToken);
            }
        }
    }

    private static bool IsNews(EndedAccess ended, IReadOnlyDictionary<string, TableEntity> known) =>
        known.TryGetValue(ended.Id, out var row) ? ended.At > EndedAccess.Read(row).At : ended.Holds || ended.Kind != EndedAccessKind.SignedOut;

    private async ValueTask<AccessIndex> IndexAsync(bool anyAge, CancellationToken cancellationToken)
    {
        var rows = await _rows.RowsAsync(cancellationToken, anyAge);
        if (!rows.ContainsKey(WholeKey))
        {
            await Task.WhenAny(_whole.Task, Task.Delay(CachedPartition.Interval, cancellationToken));
            rows = await _rows.RowsAsync(cancellationToken, anyAge);
            if (!rows.ContainsKey(WholeKey))
            {
                throw new StorageUnavailableException("The list of whom access has ended for is being made anew.");
            }
        }

        if (_index is not { } index || index.Rows != rows)
        {
            _index = index = new AccessIndex(rows);
        }

        return index;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 131, Level = LogLevel.Critical, Message = "The list of ended access is full and {Organization} takes most of it: {Count} rows of it gave way, and whoever signed in there before {Before} has to again")]
        public static partial void Full(ILogger logger, string organization, int count, DateTimeOffset before);
    }
}
