using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Identity;

/// <summary>
/// Which organisation owns an e-mail domain: the one that first stated it, until operators name another in settings. A partition of the
/// table <c>access</c>, which every instance has at hand, so that all answer alike.
/// </summary>
internal sealed partial class DomainOwners(
    OrganizationsOptions settings, [FromKeyedServices(DomainOwners.Partition)] ReadAhead rows, ILogger<DomainOwners> logger)
{
    public const string TableName = "access";
    public const string Partition = "domains";

    /// <summary>The most domains that tokens can state for one organisation, so that none fills the table for all; settings can name more.</summary>
    public const int MostOfOne = 100;

    private const string Owner = "Owner";
    private const string Decided = "Decided";
    private const string Claimant = "Claimant";

    /// <summary>Whose a domain is; null when nobody has stated it.</summary>
    /// <exception cref="StorageUnavailableException">Who owns what is not known well enough to say.</exception>
    public async ValueTask<string?> FindAsync(string domain, CancellationToken cancellationToken) =>
        settings.OwnerOf(domain) ?? Read(await rows.RowsAsync(cancellationToken), domain)?.Organization;

    /// <summary>Whether an organisation states a domain that another one owns, and operators have not decided yet.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public async ValueTask<bool> AreContestedAsync(CancellationToken cancellationToken)
    {
        var known = await rows.RowsAsync(cancellationToken);
        return known.Keys.Any(domain => settings.OwnerOf(domain) is null && Read(known, domain) is { Claimant: not null });
    }

    /// <summary>Those of the domains that are the organisation's, which states them. What nobody has stated before is, from now on.</summary>
    /// <exception cref="StorageUnavailableException">Who owns what is not known well enough to say.</exception>
    public async ValueTask<IReadOnlyList<string>> StateAsync(
        IReadOnlyList<string> domains, string organization, CancellationToken cancellationToken)
    {
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

    private async Task WriteAsync(IReadOnlyList<string> domains, string organization, CancellationToken cancellationToken)
    {
        List<(string Domain, DomainOwner Owner)> written;
        do
        {
            written = [];
            await rows.ChangeAsync(
                known =>
                {
                    written = [.. Changes(known, domains, organization).Take(ReadAhead.MostAtOnce)];
                    return [.. written.Select(change => Row(change.Domain, change.Owner))];
                },
                cancellationToken);
            foreach (var (domain, owner) in written.Where(change => change.Owner.Claimant is not null))
            {
                Log.Contested(logger, organization, domain, owner.Organization);
            }
        }
        while (written.Count == ReadAhead.MostAtOnce);
    }

    private List<(string Domain, DomainOwner Owner)> Changes(
        IReadOnlyDictionary<string, TableEntity> known, IReadOnlyList<string> domains, string organization)
    {
        var changes = new List<(string, DomainOwner)>();
        var room = MostOfOne - known.Keys.Count(domain => Read(known, domain)?.Organization == organization);
        foreach (var domain in domains)
        {
            var before = Read(known, domain);
            var after = settings.OwnerOf(domain) is { } decided
                ? new DomainOwner(decided, IsDecided: true)
                : before?.StatedBy(organization) ?? new DomainOwner(organization);
            if (after != before && (before is not null || after.IsDecided || room-- > 0))
            {
                changes.Add((domain, after));
            }
        }

        return changes;
    }

    private static DomainOwner? Read(IReadOnlyDictionary<string, TableEntity> known, string domain) => known.TryGetValue(domain, out var row)
        ? new DomainOwner(row.GetString(Owner), row.GetBoolean(Decided) == true, row.GetString(Claimant))
        : null;

    private static TableEntity Row(string domain, DomainOwner owner) => new()
    {
        RowKey = domain,
        [Owner] = owner.Organization,
        [Decided] = owner.IsDecided,
        [Claimant] = owner.Claimant,
    };

    private static partial class Log
    {
        [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "{Failure}: the e-mail domains that {Organization} states are not written down")]
        public static partial void NotWritten(ILogger logger, string failure, string organization);

        [LoggerMessage(
            EventId = 1,
            Level = LogLevel.Critical,
            Message = "{Claimant} states the e-mail domain {Domain}, which {Owner} owns, and gets nothing from it: name its owner in Organizations")]
        public static partial void Contested(ILogger logger, string claimant, string domain, string owner);
    }
}
