using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>Whose events are taken: <c>IdentityEvents:&lt;n&gt;:{Type,Organizations,SecretName,Connection,OktaDomain,TokenSecretName,ManagementClientId,...}</c>.</summary>
public sealed record IdentityEventsOptions(IReadOnlyList<IdentitySource> Sources)
{
    private const string Section = "IdentityEvents";

    internal static IdentityEventsOptions Read(SettingsReader settings, IdentityOptions identity)
    {
        // All sign in at Auth0, Okta's people through its connections.
        var issuer = identity.Issuers[0].Issuer;
        var sources = settings.Items(Section).Select(item => Read(settings, item, issuer)).ToList();
        if (Twice(sources.Select(source => source.SecretName)))
        {
            settings.AddError(Section, "name a secret twice; it has to say whose source it is");
        }

        if (Twice(sources.Select(source => source.Connection).OfType<string>()))
        {
            settings.AddError(Section, "name a connection twice; its people are one source's");
        }

        return new IdentityEventsOptions(sources);
    }

    private static bool Twice(IEnumerable<string> names) => names.Where(name => name.Length > 0).CountBy(name => name, StringComparer.Ordinal).Any(name => name.Value > 1);

    private static IdentitySource Read(SettingsReader settings, string item, string issuer)
    {
        var type = settings.Required($"{item}:Type");
        if (type is not ("" or IdentitySourceTypes.Okta or IdentitySourceTypes.Auth0))
        {
            settings.AddError($"{item}:Type", "is neither okta nor auth0");
        }

        var organizations = settings.RequiredList($"{item}:Organizations");
        if (organizations.Any(id => id != TrustedIssuer.EveryOrganization && !OrganizationId.IsValid(id)))
        {
            settings.AddError($"{item}:Organizations", "holds what is neither an organisation's id nor *");
        }

        var connection = settings.Optional($"{item}:Connection");
        if (connection?.Contains('|') == true)
        {
            settings.AddError($"{item}:Connection", "is no connection's name");
        }

        var domain = settings.Optional($"{item}:OktaDomain");
        var token = settings.Optional($"{item}:TokenSecretName");
        if (domain is null != token is null)
        {
            settings.AddError($"{item}:{(domain is null ? "OktaDomain" : "TokenSecretName")}", "is missing, and the System Log is read with both");
        }

        var (client, secret) = (settings.Optional($"{item}:ManagementClientId"), settings.Optional($"{item}:ManagementSecretName"));
        if (client is null != secret is null)
        {
            settings.AddError($"{item}:{(client is null ? "ManagementClientId" : "ManagementSecretName")}", "is missing, and the Management API is called with both");
        }

        return new IdentitySource(
            type, organizations, settings.Required($"{item}:SecretName"), issuer, connection, domain is null ? null : Address(settings, $"{item}:OktaDomain", domain), token)
        {
            ManagementClientId = client,
            ManagementSecretName = secret,
            // What is wrong with the issuer is said where that is read.
            ManagementDomain = settings.Optional($"{item}:ManagementDomain") is { } own ? Address(settings, $"{item}:ManagementDomain", own)
                : Uri.TryCreate(issuer, UriKind.Absolute, out var tenant) ? tenant : null,
        };
    }

    private static Uri? Address(SettingsReader settings, string name, string domain)
    {
        var text = domain.Contains("://", StringComparison.Ordinal) ? domain : $"https://{domain}";
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && SettingsReader.IsSafe(address) && address.AbsolutePath == "/")
        {
            return address;
        }

        settings.AddError(name, "is not a domain or an https address (http is allowed on loopback only)");
        return null;
    }
}
