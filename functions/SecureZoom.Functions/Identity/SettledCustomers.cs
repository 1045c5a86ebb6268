using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Identity;

/// <summary>What settings say of organisations: it goes before what rows say, and a row that says otherwise is told of.</summary>
internal sealed record SettledCustomers(
    string? Operators, IReadOnlyList<TrustedIssuer> Issuers, OrganizationsOptions Organizations, IReadOnlyCollection<string> ZoomAccounts, IReadOnlyCollection<string> ZoomOrganizations)
{
    public static SettledCustomers Read(SettingsReader settings)
    {
        var accounts = settings.Items("Zoom:Accounts");
        return new SettledCustomers(
            settings.Optional("Authorization:OperatorOrganization"),
            IdentityOptions.Read(settings).Issuers,
            OrganizationsOptions.Read(settings),
            accounts.Select(item => settings.Optional($"{item}:AccountId")).OfType<string>().ToHashSet(StringComparer.Ordinal),
            accounts.SelectMany(item => settings.List($"{item}:Organizations")).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>A row as far as no setting says otherwise.</summary>
    /// <returns>What is left of it, and what was not, a phrase each.</returns>
    public (Customer Left, IReadOnlyList<string> Contradictions) Apply(Customer customer)
    {
        var contradictions = new List<string>();
        if (customer.Issuer is { } issuer
            && (Issuers.Any(settled => settled.Issuer == issuer.Issuer) || Issuers.Any(settled => settled.Names(customer.Organization))))
        {
            contradictions.Add("has an issuer of its own, and settings name the issuer, or another for it");
            customer = customer with { Issuer = null };
        }

        if (customer.Zoom is { } zoom && (ZoomAccounts.Contains(zoom.AccountId) || ZoomOrganizations.Contains(customer.Organization)))
        {
            contradictions.Add("has a Zoom account of its own, and settings name the account, or another for it");
            customer = customer with { Zoom = null };
        }

        if (customer.EmailDomains.Count > 0
            && (Organizations.DomainsOf.ContainsKey(customer.Organization) || customer.EmailDomains.Any(domain => Organizations.OwnerOf(domain) is not null)))
        {
            contradictions.Add("has e-mail domains, and settings name them, or others for it");
            customer = customer with { EmailDomains = [] };
        }

        return (customer, contradictions);
    }
}
