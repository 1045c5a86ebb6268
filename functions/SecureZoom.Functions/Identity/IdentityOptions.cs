using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Identity;

/// <summary>Whose tokens are taken and which claims say what: <c>Auth0:*</c> and <c>Identity:*</c>.</summary>
internal sealed record IdentityOptions(IReadOnlyList<TrustedIssuer> Issuers, ClaimNames Claims)
{
    public static IdentityOptions Read(SettingsReader settings)
    {
        var issuers = new List<TrustedIssuer> { ReadAuth0(settings) };
        foreach (var item in settings.Items("Identity:Issuers"))
        {
            _ = settings.Address($"{item}:Issuer");
            issuers.Add(new TrustedIssuer(
                settings.Required($"{item}:Issuer"),
                settings.Required($"{item}:Audience"),
                settings.RequiredList($"{item}:Organizations")));
        }

        if (issuers.DistinctBy(issuer => issuer.Issuer, StringComparer.Ordinal).Count() != issuers.Count)
        {
            settings.Complain("Identity:Issuers", "names an issuer twice");
        }

        return new IdentityOptions(issuers, ClaimNames.Read(settings));
    }

    /// <summary>Auth0's issuer is its domain with a slash behind it, whether the setting has the scheme or not.</summary>
    private static TrustedIssuer ReadAuth0(SettingsReader settings)
    {
        var domain = settings.Required("Auth0:Domain").TrimEnd('/');
        var issuer = $"{(domain.Contains("://", StringComparison.Ordinal) ? domain : $"https://{domain}")}/";
        if (domain.Length > 0
            && !(Uri.TryCreate(issuer, UriKind.Absolute, out var address) && SettingsReader.IsSafe(address) && address.AbsolutePath == "/"))
        {
            settings.Complain("Auth0:Domain", "is not a domain or an https address (http is allowed on loopback only)");
        }

        return new TrustedIssuer(issuer, settings.Required("Auth0:Audience"), settings.RequiredList("Auth0:Organizations"));
    }
}
