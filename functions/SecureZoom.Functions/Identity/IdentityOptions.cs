using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Identity;

/// <summary>Whose tokens are taken and which claims say what: <c>Auth0:*</c> and <c>Identity:*</c>.</summary>
/// <param name="MaxTokenLifetime">The longest that a token may live, whatever its issuer says.</param>
internal sealed record IdentityOptions(IReadOnlyList<TrustedIssuer> Issuers, ClaimNames Claims, TimeSpan MaxTokenLifetime)
{
    public static IdentityOptions Read(SettingsReader settings)
    {
        var issuers = new List<TrustedIssuer> { ReadAuth0(settings) };
        foreach (var item in settings.Items("Identity:Issuers"))
        {
            // The claim is compared letter by letter, so it is not the parsed address that counts.
            _ = settings.Address($"{item}:Issuer");
            issuers.Add(new TrustedIssuer(
                settings.Optional($"{item}:Issuer", ""),
                settings.Required($"{item}:Audience"),
                ReadOrganizations(settings, item),
                settings.Flag($"{item}:TrustOrganizationDomains")));
        }

        if (issuers.DistinctBy(issuer => issuer.Issuer, StringComparer.Ordinal).Count() != issuers.Count)
        {
            settings.AddError("Identity:Issuers", "names an issuer twice");
        }

        if (issuers.Count > 1 && issuers.Any(issuer => issuer.Organizations.Contains(TrustedIssuer.EveryOrganization)))
        {
            settings.AddError("Identity:Issuers", "need every issuer's organisations by name; * is for a single issuer");
        }

        return new IdentityOptions(
            issuers, ClaimNames.Read(settings), settings.Duration("Identity:MaxTokenLifetime", otherwise: TimeSpan.FromDays(1)));
    }

    /// <summary>Auth0's issuer is its domain with a slash behind it, whether the setting has the scheme or not. Its Action is ours.</summary>
    private static TrustedIssuer ReadAuth0(SettingsReader settings)
    {
        var domain = settings.Required("Auth0:Domain").TrimEnd('/');
        var issuer = $"{(domain.Contains("://", StringComparison.Ordinal) ? domain : $"https://{domain}")}/";
        if (domain.Length > 0
            && !(Uri.TryCreate(issuer, UriKind.Absolute, out var address) && SettingsReader.IsSafe(address) && address.AbsolutePath == "/"))
        {
            settings.AddError("Auth0:Domain", "is not a domain or an https address (http is allowed on loopback only)");
        }

        return new TrustedIssuer(issuer, settings.Required("Auth0:Audience"), ReadOrganizations(settings, "Auth0"), TrustOrganizationDomains: true);
    }

    private static IReadOnlyList<string> ReadOrganizations(SettingsReader settings, string issuer)
    {
        var organizations = settings.RequiredList($"{issuer}:Organizations");
        if (organizations.Any(id => id != TrustedIssuer.EveryOrganization && !OrganizationId.IsValid(id)))
        {
            settings.AddError($"{issuer}:Organizations", "holds what is neither an organisation's id nor *");
        }

        return organizations;
    }
}
