using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Tests.Secrets;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Operator;
using SecureZoom.Operator.Checkup;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Sandbox.Zoom;

namespace SecureZoom.Functions.Tests.Checkup;

/// <summary>The doctor names each thing that is broken, with what to do, and nothing where nothing is.</summary>
public sealed class DoctorTests(CheckedProduct product) : IClassFixture<CheckedProduct>
{
    // Nobody listens there.
    private const string Nowhere = "http://127.0.0.1:9/";
    private const string NowhereToStore =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a;TableEndpoint=http://127.0.0.1:9/a;";

    private const string Domains = "https://securezoom.example/org_domains";

    private static readonly AuditActor Somebody = new() { Type = "system", Name = "a test" };

    private static readonly string[] Scopes = [.. ZoomStandInOptions.AllScopes];

    private static readonly Breakage[] All =
    [
        new("settings", "Auth0:Audience is missing", ("Auth0:Audience", null)),
        new("settings", "Site:Url is not an https address", ("Site:Url", "http://site.example")),
        new("settings", "gives an organisation to two accounts", ("Zoom:Accounts:1:AccountId", "b"), ("Zoom:Accounts:1:Organizations", "*"), ("Zoom:Accounts:1:ClientId", "c"), ("Zoom:Accounts:1:SdkClientId", "d")),
        new("secrets", "grant-key cannot be read", ("Secrets:grant-key", null)),
        new("secrets", "cursor-key and storage-seal-key are the same", ("Secrets:cursor-key", "the same key for two, of 32 letters"), ("Secrets:storage-seal-key", "the same key for two, of 32 letters")),
        new("keys of our own", "grant-key is shorter than 32 characters", ("Secrets:grant-key", "short")),
        new("keys of our own", "audit-note-key is not 32 bytes", ("Secrets:audit-note-key", "AAAA")),
        new("keys of our own", "audit-checkpoint-key is no P-256", ("Secrets:audit-checkpoint-key", "-----BEGIN PRIVATE KEY-----")),
        new("storage", "table audit does not answer", ("Audit", NowhereToStore)),
        new("clock", "s ahead of Zoom's") { Ahead = TimeSpan.FromMinutes(5) },
        new("clock", "s behind Zoom's") { Ahead = TimeSpan.FromMinutes(-10) },
        new("app", "it cannot be reached") { Api = Nowhere },
        new("app", "answers 404") { Api = "identity" },
        new("identity provider", "it cannot be reached", ("Auth0:Domain", Nowhere)),
        new("identity provider", "calls itself otherwise", ("Auth0:Domain", "alias")),
        new("token of whoever asks", "it is refused: Expired") { Token = new TokenOverrides(ExpiresIn: -60) },
        new("token of whoever asks", "it is refused: Meant for another audience", ("Auth0:Audience", "https://other.example")),
        new("token of whoever asks", "it is refused: A key that is not the issuer's") { Token = new TokenOverrides(Key: TokenKey.Unknown) },
        new("token of whoever asks", "it is refused: An organisation that the issuer may not speak for", ("Auth0:Organizations", "org_globex org_platform")),
        new("token of whoever asks", "it has no claim org_id") { Person = Accounts.Gwen },
        new("token of whoever asks", "it has no claim https://securezoom.example/email_verified that is true") { Token = AccountExtensions.Unverified },
        new("token of whoever asks", "it has no claim https://securezoom.example/groups or permissions") { Token = Without("groups") },
        new("token of whoever asks", "it has no claim https://securezoom.example/sid") { Token = Without("sid") },
        new("organisation and e-mail domains", "nobody states the e-mail domains of org_acme") { Token = AccountExtensions.Homeless },
        new("organisation and e-mail domains", "acme.example is none of the domains of org_acme") { Token = Stating("acme.test") },
        new("organisation and e-mail domains", "gmail.com is a public provider's") { Token = Stating("gmail.com") },
        new("organisation and e-mail domains", "Authorization:OperatorOrganization is not set", ("Authorization:OperatorOrganization", null)),
        new("organisation and e-mail domains", "no issuer may speak for org_platform", ("Auth0:Organizations", "org_acme")),
        new("Zoom: Server-to-Server app", "not in that account", ("Zoom:Accounts:0:AccountId", "another")),
        new("Zoom: Server-to-Server app", "does not know the client id with that secret", ("Zoom:Accounts:0:ClientId", "another")),
        new("Zoom: Server-to-Server app", "does not know the client id with that secret", ("Secrets:zoom-client-secret", "another")),
        new("Zoom: Server-to-Server app", "it cannot be reached", ("Zoom:OAuthUrl", Nowhere)),
        new("Zoom: scopes", "lacks meeting:delete:meeting:admin") { Scopes = [.. Scopes.Where(scope => scope != "meeting:delete:meeting:admin")] },
        new("Zoom: scopes", "has user:write:admin, which nothing needs") { Scopes = [.. Scopes, "user:write:admin"] },
        new("Zoom: whoever asks, as a host", "has no user of that address") { Person = Accounts.Audrey },
        new("Zoom: whoever asks, as a host", "no Zoom account serves org_acme", ("Zoom:Accounts:0:Organizations", "org_globex")),
        new("Zoom: Meeting SDK app", "it has the client id of the Server-to-Server app", ("Zoom:Accounts:0:SdkClientId", "s2s-client-id")),
        new("Zoom: Meeting SDK app", "zoom-sdk-client-secret is shorter than Zoom's", ("Secrets:zoom-sdk-client-secret", "short")),
        new("Zoom: webhooks", "is refused: the app has another secret", ("Secrets:zoom-webhook-secret", "another")),
        new("Zoom: webhooks", "comes from another time") { Ahead = TimeSpan.FromHours(1) },
        new("CORS", "does not let in the site", ("Site:Url", "http://localhost:1")),
        new("site: its configuration", "it cannot be reached", ("Site:Url", "http://localhost:1")),
        new("site: its configuration", "its auth0.audience is not Auth0:Audience", ("Auth0:Audience", "https://other.example")),
        new("site: CSP", "sends no Content-Security-Policy", ("Site:Url", "zoom")),
        new("identity events", "okta:okta-event-hook-secret is refused: the app has another secret", ("Secrets:okta-event-hook-secret", "another")),
        new("identity events", "auth0:auth0-log-stream-secret is refused: the app has another secret", ("Secrets:auth0-log-stream-secret", "another")),
        new("Okta: System Log", "answers 401", ("Secrets:okta-system-log-token", "another")),
        new("Auth0: signing people out", "no token (", ("Secrets:auth0-management-secret", "another")),
    ];

    public static TheoryData<int> Each => [.. Enumerable.Range(0, All.Length)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_nothing_is_wrong_it_says_so()
    {
        var (code, told) = await LookAsync(new Breakage("", ""));
        Assert.DoesNotContain("WRONG", told, StringComparison.Ordinal);
        Assert.DoesNotContain("  -    ", told, StringComparison.Ordinal);
        Assert.Equal(0, code);
        AssertTellsNoSecret(told);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task What_is_broken_is_named_with_what_to_do(int number)
    {
        var breakage = All[number];
        var (code, told) = await LookAsync(breakage);
        var lines = told.Split(Environment.NewLine);
        var line = Assert.Single(lines, line => line.StartsWith($"WRONG  {breakage.Subject} ", StringComparison.Ordinal));
        Assert.Contains(breakage.Found, line, StringComparison.Ordinal);
        Assert.Contains("-> ", lines[Array.IndexOf(lines, line) + 1], StringComparison.Ordinal);
        Assert.Equal(1, code);
        AssertTellsNoSecret(told, [.. breakage.Settings.Where(setting => setting.Name.StartsWith("Secrets:", StringComparison.Ordinal)).Select(setting => setting.Value)]);
    }

    [Fact]
    public async Task The_first_version_of_the_key_that_names_are_made_with_has_to_stay_enabled()
    {
        using var vault = new KeyVaultStandIn();
        var versions = product.Cloud.Secrets.ToDictionary(secret => secret.Key, secret => vault.Add(secret.Key, secret.Value));
        vault.Add("storage-seal-key", "a second one, of more than 32 letters");
        const string Says = "the first version of storage-seal-key is not enabled";
        Assert.DoesNotContain(Says, await LookAsync(), StringComparison.Ordinal);
        versions["grant-key"].Enabled = false;
        vault.Add("grant-key", "another one, of more than 32 letters");
        Assert.DoesNotContain(Says, await LookAsync(), StringComparison.Ordinal);
        versions["storage-seal-key"].Enabled = false;
        Assert.Contains($"WRONG  keys of our own", await LookAsync(), StringComparison.Ordinal);
        Assert.Contains(Says, await LookAsync(), StringComparison.Ordinal);

        async Task<string> LookAsync()
        {
            using var patient = new Patient(product.Settings, product.Api, null, TimeProvider.System, vault.Client());
            using var output = new StringWriter();
            await Doctor.LookAsync(patient, output, Cancellation);
            return output.ToString();
        }
    }

    [Fact]
    public async Task A_row_of_a_customer_that_nobody_sealed_is_told_of()
    {
        var table = new TableClient(product.Cloud.Storage.ConnectionString, "customers");
        await table.CreateIfNotExistsAsync(Cancellation);
        await table.UpsertEntityAsync(new TableEntity("customers", "org_planted") { ["Issuer"] = "https://mallory.example/" }, TableUpdateMode.Replace, Cancellation);
        try
        {
            Assert.Contains("rows are not as they were written", (await LookAsync(new Breakage("", ""))).Told, StringComparison.Ordinal);
        }
        finally
        {
            await table.DeleteEntityAsync("customers", "org_planted", ETag.All, Cancellation);
        }
    }

    [Fact]
    public async Task What_customers_have_of_their_own_is_looked_at_as_what_settings_name()
    {
        await using var issuer = await TestIssuer.StartAsync("DoctorsCustomer", TimeProvider.System);
        var customer = new Customer(issuer.Organization)
        {
            Issuer = new(issuer.Id, issuer.Audience),
            Zoom = new("acct_doctors", "client", "sdk"),
            EmailDomains = ["customer.test"],
        };
        await product.Customers.AddAsync(customer, "a test", Somebody, Cancellation);
        try
        {
            var token = issuer.Token(claims: claims => (claims["https://securezoom.example/email"], claims["https://securezoom.example/email_verified"]) = ("cleo@customer.test", true));
            var told = (await LookAsync(new Breakage("", ""), token)).Told;
            Assert.Matches($"(?m)^right  identity provider .*{Regex.Escape(issuer.Id)}", told);
            Assert.DoesNotContain("it is refused", told, StringComparison.Ordinal);
            Assert.Matches("(?m)^right  organisation and e-mail domains .*customer.test", told);
            Assert.Matches($"(?m)^WRONG  Zoom: Server-to-Server app .*acct_doctors: there is no secret {customer.SecretName("zoom-client-secret")}", told);

            issuer.Discovery = "{}";
            Assert.Matches($"(?m)^WRONG  identity provider .*{Regex.Escape(issuer.Id)} calls itself otherwise", (await LookAsync(new Breakage("", ""), token)).Told);
        }
        finally
        {
            await product.Customers.RemoveAsync(customer.Organization, "a test", Somebody, Cancellation);
        }
    }

    [Theory]
    [InlineData("--site", "x")]
    [InlineData("now")]
    [InlineData("--api", "nowhere")]
    public Task A_wrong_command_looks_at_nothing(params string[] arguments) => Assert.ThrowsAsync<UsageException>(
        () => Doctor.RunAsync(arguments, () => new ProductSettings(new Dictionary<string, string?>(), null), TextWriter.Null, Cancellation));

    private static TokenOverrides Without(string claim) => new(Claims: new JsonObject { [$"https://securezoom.example/{claim}"] = null });

    private static TokenOverrides Stating(string domain) => new(Claims: new JsonObject { [Domains] = new JsonArray(domain) });

    private async Task<(int Code, string Told)> LookAsync(Breakage breakage, string? token = null)
    {
        await using var zoom = breakage.Scopes is { } scopes ? await OwnZoom.StartAsync(product.Cloud, options => options with { Scopes = scopes }) : null;
        var settings = product.Settings;
        foreach (var (name, value) in zoom?.Settings.Select(setting => (setting.Key, setting.Value)) ?? breakage.Settings)
        {
            settings[name] = Meant(value);
        }

        using var patient = new Patient(
            settings,
            breakage.Api is { } api ? new Uri(Meant(api)!) : product.Api,
            token ?? product.Cloud.Identity.MintToken(breakage.Person ?? CheckedProduct.Person, breakage.Token),
            new ShiftedTime(breakage.Ahead));
        using var output = new StringWriter();
        return (await Doctor.LookAsync(patient, output, Cancellation), output.ToString());
    }

    /// <summary>Addresses that only a running product has.</summary>
    private string? Meant(string? value) => value switch
    {
        "identity" => product.Cloud.Identity.Address.AbsoluteUri,
        "zoom" => product.Cloud.Zoom.Address.AbsoluteUri,
        // The same machine, spelt otherwise than its tokens have it.
        "alias" => product.Cloud.Identity.Address.AbsoluteUri.Replace("localhost", "LOCALHOST", StringComparison.Ordinal),
        _ => value,
    };

    private void AssertTellsNoSecret(string told, params string?[] others) =>
        Assert.All(product.Cloud.Secrets.Values.Concat(others.OfType<string>().Where(secret => secret.Length > 10)), secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
}
