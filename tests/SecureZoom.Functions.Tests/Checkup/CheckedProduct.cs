using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Customers;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Sandbox.Site;

namespace SecureZoom.Functions.Tests.Checkup;

/// <summary>A whole product that nothing is wrong with, in which nobody else leaves anything: app, site, storage, identity provider and Zoom.</summary>
public sealed class CheckedProduct : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"checked-{Guid.NewGuid():N}");
    private SandboxSite _site = null!;
    private App _app = null!;

    public Cloud Cloud { get; } = new();

    public Uri Api => _app.Http.BaseAddress!;

    internal CustomerDesk Customers => _app.Services.GetRequiredService<CustomerDesk>();

    /// <summary>Somebody whom nothing is missing about.</summary>
    public static Account Person => Accounts.Carol;

    /// <summary>The settings as the sandbox has them, with all that identity providers can have.</summary>
    public Dictionary<string, string?> Settings => new(Cloud.Settings())
    {
        ["Site:Url"] = _site.Address.GetLeftPart(UriPartial.Authority),
        ["IdentityEvents:0:OktaDomain"] = Cloud.Identity.Address.AbsoluteUri,
        ["IdentityEvents:0:TokenSecretName"] = "okta-system-log-token",
        ["IdentityEvents:1:ManagementClientId"] = IdentityProvider.ManagementClientId,
        ["IdentityEvents:1:ManagementSecretName"] = "auth0-management-secret",
    };

    public async ValueTask InitializeAsync()
    {
        await Cloud.InitializeAsync();
        // The policy, as it is deployed, is enough of a site.
        Directory.CreateDirectory(_folder);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "staticwebapp.config.json"), Path.Combine(_folder, "staticwebapp.config.json"));
        var port = FreePort.Find();
        _app = await App.StartAsync(Cloud, new() { ["Site:Url"] = $"http://localhost:{port}" });
        _site = await SandboxSite.StartAsync(
            new SandboxSiteOptions { Port = port, Folder = _folder, Api = Api, Identity = Cloud.Identity.Address }, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _site.DisposeAsync();
        await Cloud.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
