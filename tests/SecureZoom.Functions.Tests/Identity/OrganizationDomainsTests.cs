using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>Who owns an e-mail domain: whoever states it first, on every instance, until operators decide.</summary>
public sealed class OrganizationDomainsTests(OwnCloud own) : IClassFixture<OwnCloud>, IAsyncLifetime
{
    private const string Domains = "https://securezoom.example/org_domains";
    private const string First = "org_domains_first";
    private const string Second = "org_domains_second";

    private static readonly Account Alice = Accounts.Alice.In(First);

    // Of another organisation, which states Alice's domain as well.
    private static readonly Account Mallory = Accounts.Alice.In(Second) with { Email = Alice.Email };

    private readonly Cloud _cloud = own.Cloud;

    private static JsonObject Meeting => new() { ["topic"] = "Planning" };

    private TableClient Access => new(_cloud.Storage.ConnectionString, "access");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Leaves nobody an owner.</summary>
    public async ValueTask DisposeAsync()
    {
        await foreach (var row in Access.QueryAsync<TableEntity>(row => row.PartitionKey == "domains", cancellationToken: Cancellation))
        {
            await Access.DeleteEntityAsync(row, cancellationToken: Cancellation);
        }
    }

    [Fact]
    public async Task The_first_owner_stays_on_every_instance_and_a_second_claimant_is_a_finding_until_one_decides()
    {
        await using var one = await App.StartAsync(_cloud);
        await using var other = await App.StartAsync(_cloud);
        Assert.Equal(HttpStatusCode.Created, await CreateAsync(one, Alice));
        Assert.False((await HealthAsync(one)).ContainsKey("attention"));

        foreach (var app in (App[])[other, one, other])
        {
            var refused = await app.As(Mallory).PostAsync("meetings", Meeting);
            Assert.Equal((HttpStatusCode.Forbidden, "email_domain_unknown"), (refused.Status, refused.Code));
            Assert.Equal(HttpStatusCode.Created, await CreateAsync(app, Alice));
        }

        Assert.Equal("""["email-domains"]""", (await HealthAsync(other))["attention"]!.ToJsonString());
        var finding = Assert.Single(other.Logs.Entries, entry => entry.StartsWith("Critical", StringComparison.Ordinal));
        Assert.Contains($"{Second} states the e-mail domain {AccountExtensions.DomainOf(First)}, which {First} owns", finding, StringComparison.Ordinal);
        Assert.Equal([$"domain-contested {Second}"], other.Logs.Alerts());

        await using var decided = await App.StartAsync(_cloud, Naming(First));
        Assert.Equal(HttpStatusCode.Created, await CreateAsync(decided, Alice));
        Assert.Equal(HttpStatusCode.Forbidden, await CreateAsync(decided, Mallory));
        Assert.False((await HealthAsync(decided)).ContainsKey("attention"));

        // What was decided stays so without the setting, and is contested no more.
        await using var later = await App.StartAsync(_cloud);
        Assert.Equal(HttpStatusCode.Forbidden, await CreateAsync(later, Mallory));
        Assert.False((await HealthAsync(later)).ContainsKey("attention"));
    }

    [Fact]
    public async Task Tokens_state_a_hundred_domains_for_an_organisation_and_no_more()
    {
        await using var app = await App.StartAsync(_cloud);
        Assert.Equal(HttpStatusCode.Created, await StatingAsync(app, 0, 60));
        Assert.Equal(HttpStatusCode.Created, await StatingAsync(app, 60, 40));
        Assert.Equal(HttpStatusCode.Forbidden, await StatingAsync(app, 100, 1));
        Assert.Equal(HttpStatusCode.Created, await CreateAsync(app, Accounts.Alice.In(Second)));
    }

    [Fact]
    public async Task An_organisation_whose_domains_nobody_states_hosts_nothing_until_a_setting_does()
    {
        var nowhere = new TokenOverrides(Claims: new JsonObject { [Domains] = null });
        await using var app = await App.StartAsync(_cloud);
        var refused = await app.As(Alice, nowhere).PostAsync("meetings", Meeting);
        Assert.Equal((HttpStatusCode.Forbidden, "email_domain_unknown"), (refused.Status, refused.Code));
        var manager = await app.As(Alice.As("zoom-admins"), nowhere).PostAsync("meetings", new JsonObject { ["topic"] = "T", ["host"] = $"carol@{AccountExtensions.DomainOf(First)}" });
        Assert.Equal("email_domain_unknown", manager.Code);

        await using var named = await App.StartAsync(_cloud, Naming(First));
        Assert.Equal(HttpStatusCode.Created, (await named.As(Alice, nowhere).PostAsync("meetings", Meeting)).Status);
    }

    [Fact]
    public async Task A_setting_goes_before_what_tokens_state()
    {
        await using var app = await App.StartAsync(_cloud, new()
        {
            ["Organizations:0:Id"] = First,
            ["Organizations:0:EmailDomains"] = "elsewhere.test",
            ["Organizations:1:Id"] = Second,
            ["Organizations:1:EmailDomains"] = AccountExtensions.DomainOf(First),
        });
        Assert.Equal(HttpStatusCode.Forbidden, await CreateAsync(app, Alice));
        Assert.Equal(HttpStatusCode.Created, await CreateAsync(app, Mallory));
        Assert.Equal(HttpStatusCode.Created, await CreateAsync(app, Alice with { Email = "alice@elsewhere.test" }));
    }

    [Theory]
    [InlineData("true", HttpStatusCode.Created)]
    [InlineData("false", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task Of_a_further_issuer_the_claim_counts_where_settings_say_so(string? trust, HttpStatusCode expected)
    {
        await using var issuer = await TestIssuer.StartAsync("domains", TimeProvider.System);
        await using var app = await App.StartAsync(_cloud, new()
        {
            ["Auth0:Organizations"] = First,
            ["Identity:Issuers:0:Issuer"] = issuer.Id,
            ["Identity:Issuers:0:Audience"] = issuer.Audience,
            ["Identity:Issuers:0:Organizations"] = issuer.Organization,
            ["Identity:Issuers:0:TrustOrganizationDomains"] = trust,
        });
        var token = issuer.Token(claims: claims =>
        {
            claims["https://securezoom.example/groups"] = new JsonArray("zoom-hosts");
            claims["https://securezoom.example/email"] = "alice@domains.test";
            claims["https://securezoom.example/email_verified"] = true;
            claims[Domains] = new JsonArray("domains.test");
        });
        Assert.Equal(expected, (await new Person(app.Http, token).PostAsync("meetings", Meeting)).Status);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.Created, HttpStatusCode.Forbidden)]
    [InlineData(false, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable)]
    public async Task Whoever_can_write_to_the_table_but_has_no_key_gives_a_domain_to_nobody(
        bool isNew, HttpStatusCode toTheOwner, HttpStatusCode toTheOther)
    {
        if (!isNew)
        {
            await using var before = await App.StartAsync(_cloud);
            Assert.Equal(HttpStatusCode.Created, await CreateAsync(before, Alice));
        }

        await Access.CreateIfNotExistsAsync(Cancellation);
        await Access.UpsertEntityAsync(
            new TableEntity("domains", AccountExtensions.DomainOf(First)) { ["Owner"] = Second, ["Decided"] = true },
            TableUpdateMode.Merge,
            Cancellation);
        await using var app = await App.StartAsync(_cloud);
        Assert.Equal((toTheOwner, toTheOther), (await CreateAsync(app, Alice), await CreateAsync(app, Mallory)));
        Assert.Contains(app.Logs.Entries, entry => entry.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_invitation_to_an_address_is_for_the_organisation_that_owned_its_domain_then()
    {
        var host = Accounts.Dave.In("org_domains_host");
        string invitation;
        long number;
        await using (var app = await App.StartAsync(_cloud))
        {
            await app.As(Alice).GetAsync("me");
            number = (long)(await app.As(host).PostAsync("meetings", Meeting)).Json["id"]!;
            var invited = await app.As(host).PostAsync($"meetings/{number}/invitations", new JsonObject { ["email"] = Alice.Email });
            invitation = (string)invited.Json["invitation"]!;
            Assert.Equal(HttpStatusCode.OK, await JoinAsync(app, Alice));
            Assert.Equal(HttpStatusCode.Forbidden, await JoinAsync(app, Mallory));
        }

        await using var moved = await App.StartAsync(_cloud, Naming(Second));
        Assert.Equal(HttpStatusCode.Created, await CreateAsync(moved, Mallory));
        Assert.Equal(HttpStatusCode.Forbidden, await JoinAsync(moved, Mallory));
        Assert.Equal(HttpStatusCode.Forbidden, await JoinAsync(moved, Alice));

        async Task<HttpStatusCode> JoinAsync(App app, Account account) => (await app.As(account).PostAsync(
            "signature", new JsonObject { ["meetingNumber"] = number, ["invitation"] = invitation })).Status;
    }

    private static Dictionary<string, string?> Naming(string organization) => new()
    {
        ["Organizations:0:Id"] = organization,
        ["Organizations:0:EmailDomains"] = AccountExtensions.DomainOf(First),
    };

    private static async Task<HttpStatusCode> CreateAsync(App app, Account account) => (await app.As(account).PostAsync("meetings", Meeting)).Status;

    /// <summary>Has a token of the first organisation state domains, and creates a meeting by an address in the last of them.</summary>
    private static async Task<HttpStatusCode> StatingAsync(App app, int first, int count)
    {
        string[] domains = [.. Enumerable.Range(first, count).Select(number => $"d{number}.test")];
        var claims = new JsonObject
        {
            [Domains] = new JsonArray([.. domains.Select(domain => JsonValue.Create(domain))]),
            ["https://securezoom.example/email"] = $"alice@{domains[^1]}",
        };
        return (await app.As(Alice, new TokenOverrides(Claims: claims)).PostAsync("meetings", Meeting)).Status;
    }

    private static async Task<JsonObject> HealthAsync(App app)
    {
        using var answer = await app.Http.GetAsync(new Uri("health", UriKind.Relative), Cancellation);
        return (await Answer.OfAsync(answer)).Json;
    }
}
