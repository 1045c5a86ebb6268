using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Secrets;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Faults;

/// <summary>An app, and a door in front of all that it depends on.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    /// <summary>What may have a bad day.</summary>
    public static readonly IReadOnlyList<string> Names = ["queue", "tables", "blobs", "Zoom", "identity provider", "vault"];

    private const string Namespace = "https://securezoom.example/";

    private readonly Cloud _cloud;
    private readonly TestIssuer _issuer;
    private readonly Dictionary<string, Door> _doors;
    private readonly VaultDoor _vault;

    private Surroundings(Cloud cloud, TestIssuer issuer)
    {
        (_cloud, _issuer) = (cloud, issuer);
        var storage = cloud.Storage.ConnectionString.Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1]);
        _doors = new()
        {
            ["queue"] = new Door(new Uri(storage["QueueEndpoint"])),
            ["tables"] = new Door(new Uri(storage["TableEndpoint"])),
            ["blobs"] = new Door(new Uri(storage["BlobEndpoint"])),
            ["Zoom"] = new Door(cloud.Zoom.Address),
            ["identity provider"] = new Door(new Uri(issuer.Id)),
        };
        storage["QueueEndpoint"] = Through("queue");
        storage["TableEndpoint"] = Through("tables");
        storage["BlobEndpoint"] = Through("blobs");
        Settings = new()
        {
            ["Audit"] = string.Join(';', storage.Select(part => $"{part.Key}={part.Value}")),
            ["Zoom:ApiBaseUrl"] = $"{Through("Zoom")}v2/",
            ["Zoom:OAuthUrl"] = $"{Through("Zoom")}oauth/token",
            ["Auth0:Domain"] = Through("identity provider"),
            ["Auth0:Audience"] = issuer.Audience,
        };
        issuer.Discovery = new JsonObject
        {
            ["issuer"] = Through("identity provider"),
            ["jwks_uri"] = $"{Through("identity provider")}.well-known/jwks.json",
        }.ToJsonString();

        var vault = new KeyVaultStandIn();
        foreach (var (name, value) in cloud.Secrets)
        {
            vault.Add(name, value);
        }

        _vault = new VaultDoor(vault);
        Vault = new KeyVaultSecretSource(vault.Client(through: _vault), TimeProvider.System);
    }

    private Dictionary<string, string?> Settings { get; }

    private KeyVaultSecretSource Vault { get; }

    public static async Task<Surroundings> CreateAsync(Cloud cloud) =>
        new(cloud, await TestIssuer.StartAsync($"faults{Guid.NewGuid():N}", TimeProvider.System));

    /// <summary>An instance of the app that starts now.</summary>
    public Task<App> StartAsync(TimeProvider? time = null) => App.StartAsync(_cloud, Settings, services =>
    {
        services.AddSingleton<ISecretSource>(Vault);
        if (time is not null)
        {
            services.AddSingleton(time);
        }
    });

    /// <summary>Lets one of <see cref="Names"/> have a bad day from now on, or a good one.</summary>
    public void Play(string name, Fault? fault)
    {
        if (_doors.GetValueOrDefault(name) is { } door)
        {
            door.Play(fault);
        }
        else
        {
            _vault.Play(fault);
        }
    }

    /// <summary>Somebody who may host, administer and read the trail: what one person reads is on record once in a while.</summary>
    public Person Carol(App app, string subject) => new(app.Http, _issuer.Token(claims: claims =>
    {
        claims["sub"] = $"auth0|{subject}";
        claims["iss"] = Through("identity provider");
        claims[$"{Namespace}groups"] = new JsonArray("zoom-admins");
        claims[$"{Namespace}email"] = $"carol@{AccountExtensions.DomainOf(_issuer.Organization)}";
        claims[$"{Namespace}org_domains"] = new JsonArray(AccountExtensions.DomainOf(_issuer.Organization));
        claims[$"{Namespace}email_verified"] = true;
        claims[$"{Namespace}name"] = "Carol Clark";
        claims[$"{Namespace}auth_time"] = claims["iat"]!.GetValue<long>();
    }));

    /// <summary>An event of Zoom's, as it is delivered once.</summary>
    public async Task<Answer> TellAsync(App app, string action)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["event"] = action,
            ["event_ts"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            ["payload"] = new JsonObject { ["account_id"] = Cloud.ZoomAccountId, ["object"] = new JsonObject() },
        }.ToJsonString());
        using var request = SignedWebhook.Request(body, _cloud.Secrets["zoom-webhook-secret"]);
        return await Answer.OfAsync(await app.Http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors.Values)
        {
            await door.DisposeAsync();
        }

        _vault.Dispose();
        await _issuer.DisposeAsync();
    }

    private string Through(string name) => _doors[name].Address.ToString();
}
