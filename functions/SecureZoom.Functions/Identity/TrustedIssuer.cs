namespace SecureZoom.Functions.Identity;

/// <summary>An issuer whose tokens are taken, for which audience, and the organisations that it may speak for.</summary>
/// <param name="Issuer">The exact <c>iss</c>; Auth0's ends in a slash.</param>
/// <param name="Audience">The exact <c>aud</c>.</param>
/// <param name="Organizations">Organisation ids, or <c>*</c> for all, where there is no other issuer.</param>
/// <param name="TrustOrganizationDomains">Whether its tokens may state the e-mail domains of the organisations that it speaks for.</param>
internal sealed record TrustedIssuer(
    string Issuer, string Audience, IReadOnlyList<string> Organizations, bool TrustOrganizationDomains)
{
    public const string EveryOrganization = "*";

    private readonly HashSet<string> _names = new(Organizations, StringComparer.Ordinal);

    public bool MaySpeakFor(string organization) => _names.Contains(EveryOrganization) || _names.Contains(organization);

    /// <summary>Whether it speaks for an organisation by name, and not only for all.</summary>
    public bool Names(string organization) => _names.Contains(organization);

    /// <summary>Where OpenID Connect Discovery puts the metadata.</summary>
    public Uri MetadataAddress => new($"{Issuer.TrimEnd('/')}/.well-known/openid-configuration");
}
