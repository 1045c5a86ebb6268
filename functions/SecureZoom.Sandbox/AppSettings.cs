using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Witness;

namespace SecureZoom.Sandbox;

/// <summary>The function app's settings in a sandbox, in the file that Core Tools and the local host read.</summary>
public static class AppSettings
{
    /// <summary>What the audit trails' logs are called.</summary>
    public const string AuditOrigin = "localhost/audit";

    /// <summary>The names of the secrets that the app asks for by itself.</summary>
    private static readonly string[] Secrets =
    [
        "zoom-client-secret", "zoom-sdk-client-secret", "zoom-webhook-secret", "grant-key", "cursor-key",
        "audit-message-key", "audit-checkpoint-key", "audit-note-key", "storage-seal-key", "okta-event-hook-secret", "okta-system-log-token",
        "auth0-log-stream-secret", "auth0-management-secret",
    ];

    /// <summary>The settings, by name, with <c>__</c> for <c>:</c>.</summary>
    /// <param name="secrets">The sandbox's secrets.</param>
    /// <param name="storage">The connection string of the storage.</param>
    /// <param name="identity">The identity provider's address.</param>
    /// <param name="zoom">The Zoom stand-in's address.</param>
    /// <param name="site">The site's address.</param>
    /// <param name="witness">Who cosigns the trails' checkpoints.</param>
    public static IReadOnlyDictionary<string, string> Create(
        SandboxSecrets secrets,
        string storage,
        Uri identity,
        Uri zoom,
        Uri site,
        WitnessServer witness)
    {
        var settings = new Dictionary<string, string>
        {
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AzureWebJobsStorage"] = storage,
            ["Audit"] = storage,
            ["Audit__Origin"] = AuditOrigin,
            ["Audit__Witnesses__0__Address"] = witness.Address.ToString(),
            ["Audit__Witnesses__0__Key"] = witness.Key.ToString(),
            ["Auth0__Domain"] = identity.ToString(),
            ["Auth0__Audience"] = IdentityProvider.Audience,
            ["Auth0__Organizations"] = "*",
            ["Authorization__OperatorOrganization"] = Accounts.Olive.OrganizationId!,
            ["Zoom__ApiBaseUrl"] = new Uri(zoom, "v2/").ToString(),
            ["Zoom__OAuthUrl"] = new Uri(zoom, "oauth/token").ToString(),
            ["Zoom__Accounts__0__AccountId"] = secrets["zoom-account-id"],
            ["Zoom__Accounts__0__ClientId"] = secrets["zoom-client-id"],
            ["Zoom__Accounts__0__SdkClientId"] = secrets["zoom-sdk-client-id"],
            ["Zoom__Accounts__0__Organizations"] = "*",
            ["Site__Url"] = site.GetLeftPart(UriPartial.Authority),
            ["IdentityEvents__0__Type"] = "okta",
            ["IdentityEvents__0__Organizations"] = Accounts.Alice.OrganizationId!,
            ["IdentityEvents__0__SecretName"] = "okta-event-hook-secret",
            ["IdentityEvents__0__Connection"] = Account.Connection,
            ["IdentityEvents__0__OktaDomain"] = identity.ToString(),
            ["IdentityEvents__0__TokenSecretName"] = "okta-system-log-token",
            ["IdentityEvents__0__ManagementClientId"] = IdentityProvider.ManagementClientId,
            ["IdentityEvents__0__ManagementSecretName"] = "auth0-management-secret",
            ["IdentityEvents__1__Type"] = "auth0",
            ["IdentityEvents__1__Organizations"] = "*",
            ["IdentityEvents__1__SecretName"] = "auth0-log-stream-secret",
            ["IdentityEvents__1__ManagementClientId"] = IdentityProvider.ManagementClientId,
            ["IdentityEvents__1__ManagementSecretName"] = "auth0-management-secret",
            // The local host writes the caller into X-Forwarded-For, as the front end in Azure does.
            ["Http__ForwardedHops"] = "1",
        };
        foreach (var name in Secrets)
        {
            settings[$"Secrets__{name}"] = secrets[name];
        }

        return settings;
    }

    /// <summary>Writes <c>local.settings.json</c> into a folder, for its owner only.</summary>
    /// <param name="folder">The folder that the app will run in.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="port">The app's port.</param>
    /// <param name="site">The site, the one origin that CORS lets in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task WriteAsync(
        string folder,
        IReadOnlyDictionary<string, string> settings,
        int port,
        Uri site,
        CancellationToken cancellationToken) =>
        SecretFile.WriteAsync(
            Path.Combine(folder, "local.settings.json"),
            new Dictionary<string, object>
            {
                ["IsEncrypted"] = false,
                ["Values"] = settings,
                ["Host"] = new Dictionary<string, object>
                {
                    ["LocalHttpPort"] = port,
                    ["CORS"] = site.GetLeftPart(UriPartial.Authority),
                },
            },
            cancellationToken);
}
