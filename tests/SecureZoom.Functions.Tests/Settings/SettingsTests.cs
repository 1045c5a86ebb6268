using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Settings;

/// <summary>Settings that do not allow a start stop it, with all that is wrong in one message.</summary>
public sealed class SettingsTests(Cloud cloud)
{
    /// <summary>Every setting that the app cannot do without.</summary>
    private static readonly string[] Required =
    [
        "Audit", "Auth0:Domain", "Auth0:Audience", "Auth0:Organizations", "Site:Url",
        "Zoom:Accounts:0:AccountId", "Zoom:Accounts:0:Organizations", "Zoom:Accounts:0:ClientId", "Zoom:Accounts:0:SdkClientId",
    ];

    [Fact]
    public async Task Everything_that_is_missing_is_named_at_once()
    {
        var exception = await StartAsync([.. Required.Select(name => (name, (string?)null))]);
        Assert.All(
            Required.Where(name => !name.StartsWith("Zoom:Accounts:0:", StringComparison.Ordinal)),
            name => Assert.Contains($"{name} is missing", exception.Message, StringComparison.Ordinal));
        Assert.Contains("Zoom:Accounts:0:AccountId is missing", exception.Message, StringComparison.Ordinal);
        Assert.Equal(exception.Problems.Count, exception.Problems.Distinct().Count());
    }

    [Fact]
    public async Task An_account_at_Zoom_that_is_named_in_part_lacks_the_rest()
    {
        var exception = await StartAsync([.. Required[6..].Select(name => (name, (string?)null))]);
        Assert.Equal(Required[6..].Select(name => $"{name} is missing"), exception.Problems);
    }

    [Theory]
    [InlineData("Auth0:Domain", "http://tenant.example/")]
    [InlineData("Auth0:Domain", "https://user@tenant.example/")]
    [InlineData("Auth0:Domain", "https://tenant.example/path")]
    [InlineData("Auth0:Domain", "https://tenant.example/?x=1")]
    [InlineData("Auth0:Domain", "ftp://tenant.example/")]
    [InlineData("Auth0:Domain", "not a domain")]
    [InlineData("Auth0:Organizations", "org/acme")]
    [InlineData("Zoom:ApiBaseUrl", "http://api.zoom.example/v2/")]
    [InlineData("Zoom:OAuthUrl", "http://zoom.example/oauth/token")]
    [InlineData("Zoom:OAuthUrl", "/oauth/token")]
    [InlineData("Site:Url", "http://site.example")]
    [InlineData("Site:Url", "site.example")]
    [InlineData("KeyVault:Uri", "http://vault.example/")]
    [InlineData("Authorization:HostRequiresMfa", "yes")]
    [InlineData("Authorization:OperatorOrganization", "org platform")]
    [InlineData("Authorization:Groups:staff:Name", "staff")]
    [InlineData("Authorization:OperatorOrganization", "unassigned")]
    [InlineData("Auth0:Organizations", "unassigned")]
    [InlineData("Organizations:0:Id", "org/acme")]
    [InlineData("Organizations:0:Id", "Unassigned")]
    [InlineData("Organizations:0:Id", ".members")]
    [InlineData("Zoom:Accounts:0:Organizations", "unassigned")]
    [InlineData("Zoom:Accounts:0:Organizations", "org/acme")]
    [InlineData("IdentityEvents:0:ManagementDomain", "http://tenant.example/")]
    [InlineData("Webhook:ToleranceBack", "soon")]
    [InlineData("Webhook:ToleranceAhead", "-00:05:00")]
    public async Task What_is_malformed_is_named(string name, string value)
    {
        var exception = await StartAsync((name, value));
        Assert.StartsWith(name.Replace(":Name", "", StringComparison.Ordinal), Assert.Single(exception.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IdentityEvents:0:ManagementClientId", "IdentityEvents:0:ManagementSecretName is missing")]
    [InlineData("IdentityEvents:0:ManagementSecretName", "IdentityEvents:0:ManagementClientId is missing")]
    [InlineData("IdentityEvents:0:OktaDomain", "IdentityEvents:0:TokenSecretName is missing")]
    public async Task What_goes_together_is_set_together(string name, string problem) =>
        Assert.StartsWith(problem, Assert.Single((await StartAsync((name, "a.example"))).Problems), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://other.example/", "https://other.api", "org_other", "org_acme", null)]
    [InlineData("http://other.example/", "https://other.api", "org_other", "org_acme", "Identity:Issuers:0:Issuer is not an https address")]
    [InlineData(null, "https://other.api", "org_other", "org_acme", "Identity:Issuers:0:Issuer is missing")]
    [InlineData("https://other.example/", null, "org_other", "org_acme", "Identity:Issuers:0:Audience is missing")]
    [InlineData("https://other.example/", "https://other.api", null, "org_acme", "Identity:Issuers:0:Organizations is missing")]
    [InlineData("https://other.example/", "https://other.api", "org_other", "*", "Identity:Issuers need every issuer's organisations")]
    [InlineData("https://other.example/", "https://other.api", "*", "org_acme", "Identity:Issuers need every issuer's organisations")]
    public async Task Several_issuers_need_their_organisations_by_name(
        string? issuer, string? audience, string? organizations, string auth0, string? problem)
    {
        (string, string?)[] settings =
        [
            ("Identity:Issuers:0:Issuer", issuer),
            ("Identity:Issuers:0:Audience", audience),
            ("Identity:Issuers:0:Organizations", organizations),
            ("Identity:Issuers:0:Name", "needed so that there is something"),
            ("Auth0:Organizations", auth0),
        ];
        if (problem is null)
        {
            await using var app = await App.StartAsync(cloud, settings.ToDictionary());
            return;
        }

        Assert.StartsWith(problem, Assert.Single((await StartAsync(settings)).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_is_named_once() => Assert.Contains(
        "Identity:Issuers names an issuer twice",
        (await StartAsync(
            ("Identity:Issuers:0:Issuer", cloud.Identity.Address.AbsoluteUri),
            ("Identity:Issuers:0:Audience", "https://other.api"),
            ("Identity:Issuers:0:Organizations", "org_other"),
            ("Auth0:Organizations", "org_acme"))).Problems);

    [Fact]
    public async Task In_Azure_secrets_come_from_Key_Vault_alone_and_the_logs_have_a_name() => Assert.Collection(
        (await StartAsync(("WEBSITE_SITE_NAME", "securezoom"))).Problems.Order(StringComparer.Ordinal),
        problem => Assert.StartsWith("Audit:Origin is missing", problem, StringComparison.Ordinal),
        problem => Assert.StartsWith("KeyVault:Uri is missing", problem, StringComparison.Ordinal));

    [Fact]
    public async Task With_a_Key_Vault_configuration_holds_no_secrets()
    {
        await using var app = await App.StartAsync(cloud, new()
        {
            ["WEBSITE_SITE_NAME"] = "securezoom",
            ["KeyVault:Uri"] = "https://sandbox.vault.azure.net/",
            ["Audit:Origin"] = "securezoom.example/audit",
        });
        Assert.IsType<KeyVaultSecretSource>(app.Services.GetRequiredService<ISecretSource>());
        Assert.Equal(new Uri("https://sandbox.vault.azure.net/"), app.Services.GetRequiredService<SecretClient>().VaultUri);
    }

    [Fact]
    public async Task The_one_identity_is_checked_once()
    {
        var exception = await StartAsync(
            ("Audit", null),
            ("Audit:queueServiceUri", "https://account.queue.example/"),
            ("Audit:tableServiceUri", "https://account.table.example/"),
            ("Audit:blobServiceUri", "https://account.blob.example/"),
            ("Audit:credential", "password"),
            ("KeyVault:Uri", "https://sandbox.vault.azure.net/"));
        Assert.Equal("Audit:credential may only be managedidentity", Assert.Single(exception.Problems));
    }

    [Fact]
    public void A_managed_identity_is_the_one_that_the_connection_names()
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager
        {
            ["KeyVault:Uri"] = "https://sandbox.vault.azure.net/",
            ["Audit:credential"] = "managedidentity",
            ["Audit:clientId"] = "00000000-0000-0000-0000-000000000001",
        };
        var settings = new SettingsReader(configuration);
        Assert.IsType<Azure.Identity.ManagedIdentityCredential>(SecretsOptions.Read(settings).Credential);
        settings.ThrowIfWrong();
    }

    private Task<SettingsException> StartAsync(params (string Name, string? Value)[] settings) =>
        Assert.ThrowsAsync<SettingsException>(() => App.StartAsync(cloud, settings.ToDictionary()));
}
