using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Customers;

/// <summary>An app whose vault has the secrets of a customer to come: a second Zoom account, and an issuer that nobody trusts yet.</summary>
public sealed class ServedCustomer(OwnCloud own) : IAsyncLifetime
{
    /// <summary>Of <c>org_CustomerStory</c>: Key Vault knows neither case nor underscores.</summary>
    public const string Prefix = "customer-org-customerstory-";

    public const string WebhookSecret = "the customer's own webhook secret";

    private TwoZooms _zooms = null!;

    public Cloud Cloud => own.Cloud;

    public TestIssuer Issuer { get; private set; } = null!;

    public App App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _zooms = await TwoZooms.StartAsync(Cloud);
        Issuer = await TestIssuer.StartAsync("CustomerStory", TimeProvider.System);
        var settings = _zooms.Settings(organization: "").Where(setting => !setting.Key.StartsWith("Zoom:Accounts:1", StringComparison.Ordinal)).ToDictionary();
        settings[$"Secrets:{Prefix}zoom-client-secret"] = Cloud.Secrets["zoom-client-secret"];
        settings[$"Secrets:{Prefix}zoom-sdk-client-secret"] = "the customer's own SDK secret";
        settings[$"Secrets:{Prefix}zoom-webhook-secret"] = WebhookSecret;
        App = await App.StartAsync(Cloud, settings, _zooms.Serve);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Issuer.DisposeAsync();
        await _zooms.DisposeAsync();
    }
}
