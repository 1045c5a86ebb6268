using System.Globalization;
using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Tests.Customers;

/// <summary>What rows of customers are worth: nothing without our seal, nothing beyond the one organisation, nothing against a setting.</summary>
public sealed class CustomerListTests(Cloud cloud) : IDisposable
{
    private static readonly Customer Acme = new("org_Acme")
    {
        Issuer = new CustomerIssuer("https://login.acme.example/", "https://api.securezoom.example"),
        Zoom = new CustomerZoom("acct_acme", "acme-client", "acme-sdk-client"),
        EmailDomains = ["acme.test"],
    };

    private readonly string _table = $"customers{Guid.NewGuid():N}";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly LogCapture _logs = new();
    private readonly StorageTap _storage = new();

    /// <summary>Sealed rows that say what none may.</summary>
    public static TheoryData<string, string> Forbidden => new()
    {
        { "*", "organisation's id" },
        { "unassigned", "organisation's id" },
        { "org_platform", "operators' organisation" },
        { "org_http Issuer=http://login.acme.example/ Audience=a", "not an https address" },
        { "org_query Issuer=https://login.acme.example/?x=1 Audience=a", "not an https address" },
        { "org_audience Issuer=https://login.acme.example/", "without an audience" },
        { "org_zoom ZoomAccount=acct_acme", "without its ids" },
        { "org_domain EmailDomains=acme", "e-mail domain that is none" },
        { "org_public EmailDomains=gmail.com", "where everybody has addresses" },
        { "org_nothing", "nothing of its own" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TableClient Attacker => new(cloud.Storage.ConnectionString, _table);

    private IEnumerable<string> Alarms => _logs.Entries.Where(entry => entry.StartsWith("Critical", StringComparison.Ordinal));

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task An_issuer_speaks_for_its_own_organisation_and_the_one_for_all_no_more_for_that()
    {
        var list = await ListAsync(Acme);
        var issuers = new TrustedIssuers(IdentityOptions.Read(Settings()), list.At);
        var (own, all) = (issuers.Find("https://login.acme.example/")!, issuers.Find("https://tenant.example/")!);

        Assert.Equal(["org_Acme"], own.Organizations);
        Assert.False(own.TrustOrganizationDomains);
        Assert.True(issuers.MaySpeakFor(own, "org_Acme"));
        Assert.All((string[])["org_acme", "org_globex", "org_platform", "*"], other => Assert.False(issuers.MaySpeakFor(own, other)));
        Assert.False(issuers.MaySpeakFor(all, "org_Acme"));
        Assert.True(issuers.MaySpeakFor(all, "org_globex"));
        Assert.Null(issuers.Find("https://login.acme.example"));
    }

    [Fact]
    public async Task A_row_that_nobody_sealed_or_of_another_s_key_is_not_there_and_is_reported()
    {
        await ListAsync(Acme);
        var copy = (await Attacker.GetEntityAsync<TableEntity>(CustomerList.Partition, Acme.Organization, cancellationToken: Cancellation)).Value;
        copy.RowKey = "org_globex";
        await Attacker.UpsertEntityAsync(copy, TableUpdateMode.Replace, Cancellation);
        await Attacker.AddEntityAsync(
            new TableEntity(CustomerList.Partition, "org_mallory") { ["Issuer"] = "https://mallory.example/", ["Audience"] = "a" }, Cancellation);

        Assert.Equal(["org_Acme"], Organizations(await ListAsync()));
        Assert.All((string[])["org_globex", "org_mallory"], planted => Assert.Contains(Alarms, alarm => alarm.Contains(planted, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task A_sealed_row_that_says_what_none_may_is_not_there_and_is_reported(string row, string problem)
    {
        var words = row.Split(' ');
        var entity = new TableEntity { RowKey = words[0] };
        if (words is [_] && problem != "nothing of its own")
        {
            entity["EmailDomains"] = "acme.test";
        }

        foreach (var member in words[1..])
        {
            entity[member[..member.IndexOf('=', StringComparison.Ordinal)]] = member[(member.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        await ListAsync(Acme with { EmailDomains = [] });
        await Partition().ChangeAsync(_ => [entity], Cancellation);

        Assert.Equal(["org_Acme"], Organizations(await ListAsync()));
        var alarm = Assert.Single(Alarms);
        Assert.Contains(problem, alarm, StringComparison.Ordinal);
        Assert.Equal([$"customer-refused {words[0]}"], _logs.Alerts());
    }

    [Fact]
    public async Task No_row_chooses_where_a_secret_is()
    {
        await ListAsync(Acme);
        var row = CustomerRow.Write(Acme);
        foreach (var name in (string[])["WebhookSecretName", "ZoomWebhookSecret", "ClientSecretName", "SecretPrefix"])
        {
            row[name] = "storage-seal-key";
        }

        await Partition().ChangeAsync(_ => [row], Cancellation);
        var account = Accounts(await ListAsync()).Of("org_Acme");
        Assert.Equal(
            ("customer-org-acme-zoom-client-secret", "customer-org-acme-zoom-sdk-client-secret", "customer-org-acme-zoom-webhook-secret"),
            (account.ClientSecretName, account.SdkClientSecretName, account.WebhookSecretName));
    }

    [Fact]
    public async Task A_row_put_back_after_its_removal_shows()
    {
        var list = await ListAsync(Acme);
        var before = (await Attacker.GetEntityAsync<TableEntity>(CustomerList.Partition, Acme.Organization, cancellationToken: Cancellation)).Value;
        await Partition().ChangeAsync(_ => new PartitionChange([], [Acme.Organization]), Cancellation);
        await Attacker.UpsertEntityAsync(before, TableUpdateMode.Replace, Cancellation);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => ListAsync());
        Assert.Contains(Alarms, alarm => alarm.Contains("not those of any change", StringComparison.Ordinal));

        // One that has read it before goes on by that where nobody is let in, and after a minute lets nobody in by it.
        _time.Advance(CachedPartition.Patience);
        Assert.Throws<StorageUnavailableException>(() => list.At(anyAge: false));
        Assert.Equal(["org_Acme"], Organizations(list));
    }

    [Theory]
    [InlineData("Auth0:Organizations", "org_Acme", "issuer")]
    [InlineData("Auth0:Domain", "login.acme.example", "issuer")]
    [InlineData("Zoom:Accounts:0:Organizations", "org_Acme", "Zoom account")]
    [InlineData("Zoom:Accounts:0:AccountId", "acct_acme", "Zoom account")]
    [InlineData("Organizations:0:Id", "org_Acme", "e-mail domains")]
    [InlineData("Organizations:0:EmailDomains", "acme.test", "e-mail domains")]
    public async Task A_setting_goes_before_a_row_and_says_so_once(string setting, string value, string what)
    {
        await ListAsync(Acme);
        var list = await ListAsync(settings: Settings((setting, value)));
        var left = Assert.Single(list.At(anyAge: false).All);
        string?[] kept = [left.Issuer is null ? null : "issuer", left.Zoom is null ? null : "Zoom account", left.EmailDomains.Count == 0 ? null : "e-mail domains"];
        Assert.Equal(((string[])["issuer", "Zoom account", "e-mail domains"]).Except([what]), kept.OfType<string>());
        Assert.Contains(what, Assert.Single(Alarms), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_hundred_customers_and_fifty_accounts_are_read_by_the_page_and_looked_up_in_memory()
    {
        Customer[] many =
        [
            .. Enumerable.Range(0, 500).Select(n => Name(n)).Select((name, n) => new Customer(name)
            {
                EmailDomains = [$"{name.Replace('_', '-')}.test"],
                Zoom = n % 10 == 0 ? new CustomerZoom($"acct_{n}", $"client-{n}", $"sdk-{n}") : null,
                Issuer = n % 5 == 0 ? new CustomerIssuer($"https://{n}.login.example/", "a") : null,
            }),
        ];
        foreach (var some in many.Chunk(CachedPartition.MostAtOnce))
        {
            await Partition().ChangeAsync(_ => [.. some.Select(CustomerRow.Write)], Cancellation);
        }

        var before = _storage.Count("GET");
        var list = await ListAsync();
        Assert.Equal(1, _storage.Count("GET") - before);
        var accounts = Accounts(list);
        Assert.Equal(51, accounts.All.Count);
        Assert.Equal("acct_490", accounts.Of(Name(490)).AccountId);
        Assert.Equal("acct_sandbox", accounts.Of(Name(491)).AccountId);
        Assert.Equal(Name(7), list.At(anyAge: false).OwnerOf("org-7.test"));
        Assert.Equal(1, _storage.Count("GET") - before);
        Assert.Empty(Alarms);

        static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"org_{number}");
    }

    private static IEnumerable<string> Organizations(CustomerList list) => list.At(anyAge: true).All.Select(customer => customer.Organization);

    private static ZoomAccounts Accounts(CustomerList list) => new(ZoomOptions.Read(Settings()), () => list.At(anyAge: true));

    private static SettingsReader Settings(params (string Name, string Value)[] others)
    {
        var values = new Dictionary<string, string?>
        {
            ["Auth0:Domain"] = "tenant.example",
            ["Auth0:Audience"] = "https://api.securezoom.example",
            ["Auth0:Organizations"] = "*",
            ["Authorization:OperatorOrganization"] = "org_platform",
            ["Zoom:Accounts:0:AccountId"] = "acct_sandbox",
            ["Zoom:Accounts:0:Organizations"] = "*",
            ["Zoom:Accounts:0:ClientId"] = "client",
            ["Zoom:Accounts:0:SdkClientId"] = "sdk-client",
            ["Organizations:0:Id"] = "org_settled",
            ["Organizations:0:EmailDomains"] = "settled.test",
        };
        foreach (var (name, value) in others)
        {
            values[name] = value;
        }

        return new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }

    /// <summary>An instance that has read the table, once these are written down there.</summary>
    private async Task<CustomerList> ListAsync(Customer? written = null, SettingsReader? settings = null)
    {
        if (written is not null)
        {
            await Partition().ChangeAsync(_ => [CustomerRow.Write(written)], Cancellation);
        }

        var list = new CustomerList(Partition(), SettledCustomers.Read(settings ?? Settings()), Logger<CustomerList>());
        await list.CheckAsync(Cancellation);
        _ = list.At(anyAge: false);
        _ = list.At(anyAge: false);
        return list;
    }

    private ILogger<T> Logger<T>() => LoggerFactory.Create(logging => logging.AddProvider(_logs)).CreateLogger<T>();

    private CachedPartition Partition()
    {
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        options.AddPolicy(_storage, Azure.Core.HttpPipelinePosition.PerCall);
        return new CachedPartition(
            new TableClient(cloud.Storage.ConnectionString, _table, options),
            CustomerList.Partition,
            new RowSeal(cloud.SecretStore(), _time, Logger<RowSeal>()),
            _time,
            Logger<CachedPartition>());
    }
}
