using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Identity;

/// <summary>Which claims carry what: <c>Identity:Claims:*</c>. The defaults are those of Auth0 and of our Action there.</summary>
internal sealed record ClaimNames(
    string Organization,
    string OrganizationName,
    string OrganizationDomains,
    string Groups,
    string Department,
    string Email,
    string EmailVerified,
    string Name)
{
    /// <summary>Where our Action writes <c>amr</c> (RFC 8176), which Auth0 lets nobody set under its own name.</summary>
    public const string AuthenticationMethods = Namespace + "amr";

    /// <summary>Where our Action writes the session's id and the time of the sign-in, in seconds, and leaves them as they are at a refresh.</summary>
    public const string Session = Namespace + "sid";

    /// <inheritdoc cref="Session"/>
    public const string SignedInAt = Namespace + "auth_time";

    private const string Namespace = "https://securezoom.example/";

    public static ClaimNames Read(SettingsReader settings)
    {
        return new ClaimNames(
            Claim("Organization", "org_id"),
            Claim("OrganizationName", "org_name"),
            Claim("OrganizationDomains", Namespace + "org_domains"),
            Claim("Groups", Namespace + "groups"),
            Claim("Department", Namespace + "department"),
            Claim("Email", Namespace + "email"),
            Claim("EmailVerified", Namespace + "email_verified"),
            Claim("Name", Namespace + "name"));

        string Claim(string name, string otherwise) => settings.Optional($"Identity:Claims:{name}", otherwise);
    }
}
