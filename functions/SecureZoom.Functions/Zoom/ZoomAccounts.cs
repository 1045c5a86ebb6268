using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Zoom;

/// <summary>The Zoom accounts that there are: those of the settings, and customers' own.</summary>
public sealed class ZoomAccounts
{
    private readonly ZoomOptions _options;
    private readonly Func<CustomerSet> _customers;
    private volatile Known? _latest;

    /// <param name="customers">Those at hand.</param>
    internal ZoomAccounts(ZoomOptions options, Func<CustomerSet> customers) => (_options, _customers) = (options, customers);

    /// <exception cref="StorageUnavailableException">Customers were never read.</exception>
    public IReadOnlyList<ZoomAccount> All => Latest.Accounts;

    /// <summary>The account that holds an organisation's meetings: the one that names it before the one for all.</summary>
    /// <exception cref="ZoomException">No account serves the organisation.</exception>
    /// <inheritdoc cref="All"/>
    public ZoomAccount Of(string organization) => Serving(organization) ?? throw new ZoomException(ZoomError.NoAccount);

    /// <summary>As <see cref="Of"/>; null when no account serves the organisation.</summary>
    /// <inheritdoc cref="All"/>
    public ZoomAccount? Serving(string organization)
    {
        var accounts = Latest.ByOrganization;
        return accounts.GetValueOrDefault(organization) ?? accounts.GetValueOrDefault(ZoomAccount.EveryOrganization);
    }

    /// <summary>The account of that id; null where there is none.</summary>
    /// <inheritdoc cref="All"/>
    public ZoomAccount? Find(string? accountId) => accountId is null ? null : Latest.ById.GetValueOrDefault(accountId);

    /// <exception cref="ZoomException">The account that a meeting was registered with is not set up any more.</exception>
    /// <inheritdoc cref="All"/>
    public ZoomAccount ById(string accountId) => Find(accountId) ?? throw new ZoomException(ZoomError.NoAccount);

    private Known Latest
    {
        get
        {
            var customers = _customers();
            if (_latest is not { } latest || latest.Customers != customers)
            {
                // Those of the settings first: most of what comes is theirs.
                _latest = latest = new Known(customers, [.. _options.Accounts, .. customers.All.Where(customer => customer.Zoom is not null).Select(Own)]);
            }

            return latest;
        }
    }

    private static ZoomAccount Own(Customer customer) => new(
        customer.Zoom!.AccountId,
        [customer.Organization],
        customer.Zoom.ClientId,
        customer.Zoom.SdkClientId,
        customer.SecretName(ZoomSecrets.Client),
        customer.SecretName(ZoomSecrets.SdkClient),
        customer.SecretName(ZoomSecrets.Webhook));

    /// <summary>The accounts beside the customers of one reading, to be looked up; of two for one, the first.</summary>
    private sealed record Known(CustomerSet Customers, IReadOnlyList<ZoomAccount> Accounts)
    {
        public IReadOnlyDictionary<string, ZoomAccount> ById { get; } =
            Accounts.DistinctBy(account => account.AccountId).ToDictionary(account => account.AccountId, StringComparer.Ordinal);

        public IReadOnlyDictionary<string, ZoomAccount> ByOrganization { get; } = Accounts
            .SelectMany(account => account.Organizations.Select(organization => (organization, account)))
            .DistinctBy(served => served.organization)
            .ToDictionary(served => served.organization, served => served.account, StringComparer.Ordinal);
    }
}
