using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Identity;

/// <summary>The e-mail domains that operators state for organisations, in settings or in customers' rows, whatever tokens say.</summary>
internal sealed class DecidedDomains(OrganizationsOptions settings, CustomerList customers)
{
    /// <summary>An organisation's; null where operators state none.</summary>
    /// <exception cref="StorageUnavailableException">Customers were never read.</exception>
    public IReadOnlyList<string>? Of(string organization) =>
        settings.DomainsOf.GetValueOrDefault(organization)
        ?? (customers.At(anyAge: true).Of(organization) is { EmailDomains: { Count: > 0 } domains } ? domains : null);

    /// <summary>The organisation that operators gave a domain to; null for none.</summary>
    /// <inheritdoc cref="Of"/>
    public string? OwnerOf(string domain) => settings.OwnerOf(domain) ?? customers.At(anyAge: true).OwnerOf(domain);

    /// <summary>Whether settings gave a domain to somebody: that stays when the setting goes again.</summary>
    public bool IsSettled(string domain) => settings.OwnerOf(domain) is not null;

    /// <summary>Whether an issuer is a customer's own: it vouches for addresses in that customer's domains alone.</summary>
    /// <inheritdoc cref="Of"/>
    public bool IsCustomers(string issuer) => customers.At(anyAge: true).OfIssuer(issuer) is not null;
}
