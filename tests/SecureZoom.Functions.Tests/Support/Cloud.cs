using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Secrets;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Sandbox.Storage;
using SecureZoom.Sandbox.Zoom;

[assembly: AssemblyFixture(typeof(SecureZoom.Functions.Tests.Support.Cloud))]

namespace SecureZoom.Functions.Tests.Support;

/// <summary>What the app stands on: storage, identity provider and Zoom, real or stood in for, on free ports.</summary>
public sealed class Cloud : IAsyncLifetime
{
    public const string ZoomAccountId = "acct_sandbox";
    public const string SdkClientId = "sdk-client-id";
    public const string OperatorOrganization = "org_platform";

    /// <summary>Whether apps of several tests stand on it at once, and so take each other's messages from its queue.</summary>
    public bool IsShared { get; init; } = true;

    /// <summary>Where its storage keeps files; null to keep all in memory.</summary>
    public string? Folder { get; init; }

    public Azurite Storage { get; private set; } = null!;

    public IdentityProvider Identity { get; private set; } = null!;

    public ZoomStandIn Zoom { get; private set; } = null!;

    /// <summary>Every secret that the app reads, by its name in Key Vault.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; } = new[]
    {
        "zoom-client-secret", "zoom-sdk-client-secret", "zoom-webhook-secret", "grant-key", "cursor-key", "audit-message-key", "audit-note-key", "storage-seal-key",
        "okta-event-hook-secret", "auth0-log-stream-secret", "okta-system-log-token", "auth0-management-secret",
    }.ToDictionary(name => name, _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))
        .Append(new("audit-checkpoint-key", NewSigningKey()))
        .ToDictionary();

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Storage = await Azurite.StartAsync(new AzuriteOptions { Folder = Folder }, cancellationToken);
        Identity = await IdentityProvider.StartAsync(
            new IdentityProviderOptions
            {
                OktaSecret = Secrets["okta-event-hook-secret"],
                Auth0Secret = Secrets["auth0-log-stream-secret"],
                SystemLogToken = Secrets["okta-system-log-token"],
                ManagementSecret = Secrets["auth0-management-secret"],
            },
            cancellationToken);
        Zoom = await ZoomStandIn.StartAsync(
            new ZoomStandInOptions
            {
                AccountId = ZoomAccountId,
                ClientId = "s2s-client-id",
                ClientSecret = Secrets["zoom-client-secret"],
                WebhookSecret = Secrets["zoom-webhook-secret"],
                WebhookRetries = SignedWebhook.Retries,
            },
            cancellationToken);
        await FirstCalls.MakeAsync(this);
    }

    public async ValueTask DisposeAsync()
    {
        await Zoom.DisposeAsync();
        await Identity.DisposeAsync();
        await Storage.DisposeAsync();
    }

    /// <summary>The app's secrets, for parts that are tested without the app.</summary>
    /// <param name="settings">Settings that differ from <see cref="Settings"/>; null takes one away.</param>
    internal SecretStore SecretStore(Dictionary<string, string?>? settings = null) => new(
        new ConfigurationSecretSource(
            new ConfigurationBuilder().AddInMemoryCollection(Settings()).AddInMemoryCollection(settings ?? []).Build()),
        TimeProvider.System,
        NullLogger<SecretStore>.Instance);

    /// <summary>A P-256 private key in PEM, as <c>audit-checkpoint-key</c> holds one.</summary>
    public static string NewSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>The settings of an app that stands on this.</summary>
    public Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Audit"] = Storage.ConnectionString,
            ["Auth0:Domain"] = Identity.Address.AbsoluteUri,
            ["Auth0:Audience"] = "https://api.securezoom.example",
            ["Auth0:Organizations"] = "*",
            ["Authorization:OperatorOrganization"] = OperatorOrganization,
            ["Zoom:ApiBaseUrl"] = new Uri(Zoom.Address, "v2/").AbsoluteUri,
            ["Zoom:OAuthUrl"] = new Uri(Zoom.Address, "oauth/token").AbsoluteUri,
            ["Zoom:Accounts:0:AccountId"] = ZoomAccountId,
            ["Zoom:Accounts:0:Organizations"] = "*",
            ["Zoom:Accounts:0:ClientId"] = "s2s-client-id",
            ["Zoom:Accounts:0:SdkClientId"] = SdkClientId,
            ["Site:Url"] = "http://localhost:4280",
            ["Http:ForwardedHops"] = "1",
            ["IdentityEvents:0:Type"] = "okta",
            ["IdentityEvents:0:Organizations"] = "org_acme",
            ["IdentityEvents:0:SecretName"] = "okta-event-hook-secret",
            ["IdentityEvents:0:Connection"] = "acme-okta",
            ["IdentityEvents:1:Type"] = "auth0",
            ["IdentityEvents:1:Organizations"] = "*",
            ["IdentityEvents:1:SecretName"] = "auth0-log-stream-secret",
        };
        foreach (var (name, value) in Secrets)
        {
            settings[$"Secrets:{name}"] = value;
        }

        return settings;
    }
}
