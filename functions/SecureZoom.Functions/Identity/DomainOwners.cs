using System.Collections.Concurrent;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Identity;

/// <summary>
/// Which organisation owns an e-mail domain: the one that first stated it, until operators name another, in settings or in its row. A partition of the
/// table <c>access</c>, which every instance has at hand, so that all answer alike.
/// </summary>
internal sealed partial class DomainOwners(
    DecidedDomains decided, [FromKeyedServices(DomainOwners.Partition)] CachedPartition rows, TimeProvider time, ILogger<DomainOwners> logger)
{
    public const string Partition = "domains";

    /// <summary>The most domains that tokens can state for one organisation, so that none fills the table for all; operators can name more.</summary>
    public const int MostOfOne = 100;

    /// <summary>Every organisation's tokens come by within that time: what none has stated since is mended.</summary>
    private static readonly TimeSpan Remember = TimeSpan.FromDays(1);

    private const string Owner = "Owner";
    private const string Decided = "Decided";
    private const string Claimant = "Claimant";
    private const string ByRow = "ByRow";

    /// <summary>When an organisation last stated a public provider's domain, as far as this instance has met it.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> _publicStatedAt = new(StringComparer.Ordinal);

    /// <summary>How many domains each organisation has in the rows that were at hand when it was last counted.</summary>
    private volatile Holdings? _holdings;

    /// <summary>Whose a domain is; null when nobody has stated it.</summary>
    /// <exception cref="StorageUnavailableException">Who owns what is not known well enough to say.</exception>
    public async ValueTask<string?> FindAsync(string domain, CancellationToken cancellationToken) =>
        decided.OwnerOf(domain) ?? Read(await rows.RowsAsync(cancellationToken), domain)?.Organization;

    /// <summary>
    /// Whether an organisation states a domain that another one owns, and operators have not decided yet; or, lately, a public provider's.
    /// </summary>
    /// <inheritdoc cref="FindAsync"/>
    public async ValueTask<bool> AreContestedAsync(CancellationToken cancellationToken)
    {
        var known = await rows.RowsAsync(cancellationToken);
        return _publicStatedAt.Values.Any(stated => time.GetUtcNow() - stated < Remember)
            || known.Keys.Any(domain => decided.OwnerOf(domain) is null && Read(known, domain) is { Claimant: not null });
    }

    /// <summary>
    /// Those of the domains that are the organisation's, which claims them. What nobody has claimed before is, from now on, unless it is a
    /// public provider's.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Who owns what is not known well enough to say.</exception>
    public async ValueTask<IReadOnlyList<string>> ClaimAsync(
        IReadOnlyList<string> domains, string organization, CancellationToken cancellationToken)
    {
        NotePublic(domains, organization);
        if (Changes(await rows.RowsAsync(cancellationToken), domains, organization).Count > 0)
        {
            try
            {
                await WriteAsync(domains, organization, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // What is not written down does not count; whatever else was asked for goes on.
                Log.NotWritten(logger, exception.GetType().Name, organization);
            }
        }

        var known = await rows.RowsAsync(cancellationToken);
        return [.. domains.Where(domain => Read(known, domain)?.Organization == organization)];
    }

    /// <summary>Takes all its domains from an organisation. Whoever states one of them next owns it. Its claims to domains of others end, too.</summary>
    /// <returns>How many domains it owned.</returns>
    /// <exception cref="StorageUnavailableException">The rows cannot be read, or are not those that we wrote.</exception>
    public Task<int> FreeAsync(string organization, CancellationToken cancellationToken) => FreeAsync(organization, (_, _) => true, cancellationToken);

    /// <summary>Takes from an organisation those domains that its row made its own. What it owned before by its tokens stays its own.</summary>
    /// <remarks>
    /// Versions before wrote down that operators had decided, not whether a row did. Such a domain is free, too: no setting states it, so that the row was
    /// all that did.
    /// </remarks>
    /// <param name="stated">The domains that the row stated, and nothing states now.</param>
    /// <inheritdoc cref="FreeAsync(string, CancellationToken)"/>
    public Task<int> FreeAsync(string organization, IReadOnlyCollection<string> stated, CancellationToken cancellationToken) =>
        FreeAsync(organization, (domain, owner) => stated.Contains(domain) && (owner.IsByRow || owner.IsDecided), cancellationToken);

    private async Task<int> FreeAsync(string organization, Func<string, DomainOwner, bool> which, CancellationToken cancellationToken)
    {
        var count = 0;
        for (var isDone = false; !isDone;)
        {
            List<TableEntity> owned = [], contested = [];
            await rows.ChangeAsync(
                known =>
                {
                    var some = known.Values.Where(row => which(row.RowKey, Read(row))).ToList();
                    owned = [.. some.Where(row => row.GetString(Owner) == organization).Take(CachedPartition.MostAtOnce)];
                    contested = [.. some.Where(row => row.GetString(Owner) != organization && row.GetString(Claimant) == organization).Take(CachedPartition.MostAtOnce)];
                    return new PartitionChange(
                        [.. contested.Select(row => Row(row.RowKey, Read(row) with { Claimant = null }))], [.. owned.Select(row => row.RowKey)]);
                },
                cancellationToken);
            count += owned.Count;
            isDone = owned.Count + contested.Count == 0;
        }

        return count;
    }

    private void NotePublic(IReadOnlyList<string> domains, string organization)
    {
        if (domains.FirstOrDefault(IsNobodys) is not { } domain)
        {
            return;
        }

        var now = time.GetUtcNow();
        var isNews = !_publicStatedAt.TryGetValue(organization, out var stated) || now - stated >= Remember;
        _publicStatedAt[organization] = now;
        if (isNews)
        {
            Log.Public(logger, organization, domain);
        }
    }

    /// <summary>Whether everybody has addresses there, and operators have not made it an organisation's.</summary>
    private bool IsNobodys(string domain) => PublicEmailDomains.Contains(domain) && decided.OwnerOf(domain) is null;

    private async Task WriteAsync(IReadOnlyList<string> domains, string organization, CancellationToken cancellationToken)
    {
        List<(string Domain, DomainOwner Owner)> written;
        do
        {
            written = [];
            await rows.ChangeAsync(
                known =>
                {
                    written = [.. Changes(known, domains, organization).Take(CachedPartition.MostAtOnce)];
                    return [.. written.Select(change => Row(change.Domain, change.Owner))];
                },
                cancellationToken);
            foreach (var (domain, owner) in written.Where(change => change.Owner.Claimant is not null))
            {
                Log.Contested(logger, organization, domain, owner.Organization);
            }
        }
        while (written.Count == CachedPartition.MostAtOnce);
    }

    private List<(string Domain, DomainOwner Owner)> Changes(
        IReadOnlyDictionary<string, TableEntity> known, IReadOnlyList<string> domains, string organization)
    {
        var changes = new List<(string, DomainOwner)>();
        var room = MostOfOne - CountOf(known, organization);
        foreach (var domain in domains.Where(domain => !IsNobodys(domain)))
        {
            var before = Read(known, domain);
            var after = decided.OwnerOf(domain) is { } owner
                ? Decide(owner, decided.IsSettled(domain), before)
                : before?.StatedBy(organization) ?? new DomainOwner(organization);
            if (after != before && (before is not null || after.IsDecided || room-- > 0))
            {
                changes.Add((domain, after));
            }
        }

        return changes;
    }

    /// <summary>Whoever owned a domain by tokens before a row said so, too, owns it when that row is gone.</summary>
    private static DomainOwner Decide(string owner, bool isSettled, DomainOwner? before) =>
        !isSettled && before is { IsDecided: false } && before.Organization == owner
            ? before with { Claimant = null }
            : new DomainOwner(owner, IsDecided: true, IsByRow: !isSettled);

    /// <summary>Counted once for each reading, not at each call.</summary>
    private int CountOf(IReadOnlyDictionary<string, TableEntity> known, string organization)
    {
        if (_holdings is not { } holdings || holdings.Rows != known)
        {
            _holdings = holdings = new Holdings(known, known.Values.CountBy(row => row.GetString(Owner)).ToDictionary(StringComparer.Ordinal));
        }

        return holdings.Domains.GetValueOrDefault(organization);
    }

    /// <summary>
    /// The owner in a row; a public provider's domain has one only where operators decided so, and what a customer's row decided has one for as long
    /// as that row does.
    /// </summary>
    private DomainOwner? Read(IReadOnlyDictionary<string, TableEntity> known, string domain) =>
        known.TryGetValue(domain, out var row)
        && (row.GetBoolean(Decided) == true || !PublicEmailDomains.Contains(domain))
        && (row.GetBoolean(ByRow) != true || decided.OwnerOf(domain) is not null)
            ? Read(row)
            : null;

    private static DomainOwner Read(TableEntity row) =>
        new(row.GetString(Owner), row.GetBoolean(Decided) == true, row.GetString(Claimant), row.GetBoolean(ByRow) == true);

    private static TableEntity Row(string domain, DomainOwner owner) => new()
    {
        RowKey = domain,
        [Owner] = owner.Organization,
        [Decided] = owner.IsDecided,
        [Claimant] = owner.Claimant,
        [ByRow] = owner.IsByRow ? true : null,
    };

    /// <summary>How many domains each organisation has in these rows.</summary>
    private sealed record Holdings(IReadOnlyDictionary<string, TableEntity> Rows, IReadOnlyDictionary<string, int> Domains);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 124,
            Level = LogLevel.Critical,
            Message = "{Organization} states {Domain}, where everybody has addresses, and gets nothing from it: take it out of its e-mail domains")]
        public static partial void Public(ILogger logger, string organization, string domain);

        [LoggerMessage(EventId = 123, Level = LogLevel.Error, Message = "{Failure}: the e-mail domains that {Organization} states are not written down")]
        public static partial void NotWritten(ILogger logger, string failure, string organization);

        [LoggerMessage(
            EventId = 122,
            Level = LogLevel.Critical,
            Message = "{Organization} states the e-mail domain {Domain}, which {Owner} owns, and gets nothing from it: name its owner in Organizations")]
        public static partial void Contested(ILogger logger, string organization, string domain, string owner);
    }
}
