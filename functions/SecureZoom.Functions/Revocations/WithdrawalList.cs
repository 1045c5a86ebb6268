using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Revocations;

/// <summary>
/// Invitations that are not to be taken any more although they are genuine and have not ended: a subject, and up to when what was issued under it is void.
/// </summary>
/// <remarks>A withdrawal holds on every instance within <see cref="CachedPartition.Interval"/> and a reading; looking one up asks nobody.</remarks>
public sealed class WithdrawalList([FromKeyedServices(WithdrawalList.Partition)] CachedPartition rows, TimeProvider time)
{
    internal const string Partition = "revocations";

    /// <summary>The most that one organisation may have withdrawn one by one at a time, so that none fills the list of all.</summary>
    public const int MostOfOne = 1_000;

    private const string IssuedUntil = "IssuedUntil";
    private const string Organization = "Organization";

    /// <summary>Whether what was issued at that time under one of the subjects is void.</summary>
    /// <exception cref="StorageUnavailableException">The list is not known well enough to say no.</exception>
    public async ValueTask<bool> ContainsAsync(
        DateTimeOffset issued, IEnumerable<WithdrawnSubject> subjects, CancellationToken cancellationToken)
    {
        var revoked = await rows.RowsAsync(cancellationToken);
        return subjects.Any(subject => revoked.TryGetValue(subject.Key, out var row) && issued <= row.GetDateTimeOffset(IssuedUntil));
    }

    /// <summary>Looks whether the list is known well enough to go by.</summary>
    /// <exception cref="StorageUnavailableException">It is not.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken) => await rows.RowsAsync(cancellationToken);

    /// <summary>Whether an organisation may withdraw one more by itself.</summary>
    /// <exception cref="StorageUnavailableException">The list is not known well enough to say.</exception>
    public async ValueTask<bool> HasRoomForAsync(string organization, CancellationToken cancellationToken) =>
        (await rows.RowsAsync(cancellationToken)).Values.Count(row => row.GetString(Organization) == organization) < MostOfOne;

    /// <summary>Revokes what was issued under a subject. Once it returns it holds here; the same again changes nothing.</summary>
    /// <param name="issuedUntil">What was issued later is not meant.</param>
    /// <param name="ends">When all that is meant ends by itself: not before that is the revocation forgotten.</param>
    /// <param name="organization">Whose room in the list it takes; null for what has to be revoked in any case.</param>
    public async Task AddAsync(
        WithdrawnSubject subject, DateTimeOffset issuedUntil, DateTimeOffset ends, string? organization, CancellationToken cancellationToken)
    {
        if (ends <= time.GetUtcNow())
        {
            return;
        }

        await rows.ChangeAsync(
            known =>
            {
                var earlier = known.GetValueOrDefault(subject.Key);
                if (earlier?.GetDateTimeOffset(IssuedUntil) >= issuedUntil && earlier.GetDateTimeOffset(CachedPartition.KeepUntil) >= ends)
                {
                    return [];
                }

                return
                [
                    new TableEntity
                    {
                        RowKey = subject.Key,
                        [Organization] = organization,
                        [IssuedUntil] = Later(issuedUntil, earlier?.GetDateTimeOffset(IssuedUntil)),
                        [CachedPartition.KeepUntil] = Later(ends, earlier?.GetDateTimeOffset(CachedPartition.KeepUntil)),
                    },
                ];
            },
            cancellationToken);
    }

    /// <summary>Forgets whose withdrawals are: they count until what they void ends by itself, whether or not the organisation is still there.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> LetGoAsync(string organization, CancellationToken cancellationToken)
    {
        var count = 0;
        for (var isDone = false; !isDone;)
        {
            List<TableEntity> theirs = [];
            await rows.ChangeAsync(
                known => theirs = [.. known.Values.Where(row => row.GetString(Organization) == organization).Take(CachedPartition.MostAtOnce).Select(Nobodys)],
                cancellationToken);
            count += theirs.Count;
            isDone = theirs.Count == 0;
        }

        return count;
    }

    private static TableEntity Nobodys(TableEntity row) => new()
    {
        RowKey = row.RowKey,
        [IssuedUntil] = row.GetDateTimeOffset(IssuedUntil),
        [CachedPartition.KeepUntil] = row.GetDateTimeOffset(CachedPartition.KeepUntil),
    };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
