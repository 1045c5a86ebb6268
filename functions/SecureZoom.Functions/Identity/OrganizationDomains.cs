using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Identity;

/// <summary>Whose address is it: the organisation's own, nobody's, or another organisation's.</summary>
/// <remarks>
/// A domain is an organisation's when its token states it (or operators do, which then counts alone) and no other organisation owns it.
/// An address in a domain that nobody is known to own is its holder's, whoever vouches for it but a customer's own issuer.
/// </remarks>
public sealed class OrganizationDomains
{
    private readonly DecidedDomains _decided;
    private readonly DomainOwners _owners;

    internal OrganizationDomains(DecidedDomains decided, DomainOwners owners)
    {
        _decided = decided;
        _owners = owners;
    }

    /// <summary>The organisation that owns an address's domain; null when nobody has stated it.</summary>
    /// <exception cref="StorageUnavailableException">Who owns what is not known well enough to say.</exception>
    public ValueTask<string?> OwnerOfAsync(EmailAddress address, CancellationToken cancellationToken) =>
        _owners.FindAsync(address.Domain, cancellationToken);

    /// <summary>Whether two organisations state one domain, and operators have not decided yet whose it is.</summary>
    public ValueTask<bool> AreContestedAsync(CancellationToken cancellationToken) => _owners.AreContestedAsync(cancellationToken);

    /// <summary>Asks nobody, but where the token is the first to state a domain, or to contest one: that is written down at once.</summary>
    /// <returns>Null while who owns what is not known well enough to say: most calls go on without.</returns>
    internal async ValueTask<CallerEmail?> ResolveAsync(VerifiedToken token, CancellationToken cancellationToken)
    {
        try
        {
            var domains = token.Organization?.Id is { } organization
                ? await _owners.ClaimAsync(_decided.Of(organization) ?? token.StatedDomains, organization, cancellationToken)
                : [];
            var counts = token.VerifiedEmail is { } address
                && (domains.Contains(address.Domain) || (!_decided.IsCustomers(token.Issuer) && await OwnerOfAsync(address, cancellationToken) is null));
            return new CallerEmail(counts ? token.VerifiedEmail : null, domains);
        }
        catch (StorageUnavailableException)
        {
            return null;
        }
    }
}
