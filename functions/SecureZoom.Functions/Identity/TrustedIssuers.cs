using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Identity;

/// <summary>Whose tokens are taken: issuers of the settings, and customers' own.</summary>
/// <param name="customers">Those at hand; told whether any age will do.</param>
internal sealed class TrustedIssuers(IdentityOptions options, Func<bool, CustomerSet> customers)
{
    /// <summary>All of them.</summary>
    /// <exception cref="StorageUnavailableException">Customers were never read.</exception>
    public IReadOnlyList<TrustedIssuer> All => [.. options.Issuers, .. customers(true).All.Where(customer => customer.Issuer is not null).Select(Own)];

    /// <summary>The issuer by its exact <c>iss</c>; null for one that nobody trusts.</summary>
    /// <exception cref="StorageUnavailableException">It may be a customer's own, and those were not read within a minute.</exception>
    public TrustedIssuer? Find(string issuer) =>
        options.Issuers.FirstOrDefault(settled => settled.Issuer == issuer)
        ?? (customers(false).OfIssuer(issuer) is { } customer ? Own(customer) : null);

    /// <summary>Whether it speaks for an organisation: one for all does for those that have none of their own.</summary>
    /// <exception cref="StorageUnavailableException">Customers were never read.</exception>
    public bool MaySpeakFor(TrustedIssuer issuer, string organization) =>
        issuer.MaySpeakFor(organization)
        && (issuer.Names(organization) || customers(true).Of(organization)?.Issuer is null);

    /// <summary>All whose tokens may be of an organisation, or were.</summary>
    /// <exception cref="StorageUnavailableException">Customers were never read.</exception>
    public IEnumerable<string> Of(string organization) =>
        options.Issuers.Select(issuer => issuer.Issuer).Concat(customers(true).Of(organization)?.Issuer is { } own ? [own.Issuer] : []);

    private static TrustedIssuer Own(Customer customer) =>
        new(customer.Issuer!.Issuer, customer.Issuer.Audience, [customer.Organization], TrustOrganizationDomains: false);
}
