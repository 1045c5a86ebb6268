using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox.Identity;

/// <summary>A stand-in for an Auth0 tenant: its paths, claims and errors, with the accounts of the sandbox.</summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    /// <summary>The one client, a single-page application without a secret.</summary>
    public const string ClientId = "securezoom-spa";

    /// <summary>The client that may call the Management API.</summary>
    public const string ManagementClientId = "securezoom-management";

    /// <summary>The one API that tokens can be had for.</summary>
    public const string Audience = "https://api.securezoom.example";

    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(2);

    private readonly IdentityProviderOptions _options;
    private readonly SigningKeys _keys;
    private AccessTokens _tokens = null!;
    private IdentityEndpoints _endpoints = null!;
    private PeopleEndpoints _peopleEndpoints = null!;
    private ManagementEndpoints _management = null!;
    private EventFeed? _feed;
    private LoopbackServer _server = null!;

    private IdentityProvider(IdentityProviderOptions options, SigningKeys keys) => (_options, _keys) = (options, keys);

    /// <summary>The issuer, <c>http://localhost:{port}/</c>.</summary>
    public Uri Address => _server.Address;

    /// <summary>What it was asked.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>What shall go wrong, by path: <c>/.well-known/jwks.json</c> ...</summary>
    public Faults Faults { get; } = new();

    /// <summary>The app that is told what happens, below <c>/api/</c>; null for nobody.</summary>
    public Uri? EventTarget
    {
        get => _feed!.Target;
        set => _feed!.Target = value;
    }

    /// <summary>Starts an identity provider.</summary>
    /// <exception cref="SandboxException">The port is taken, or the key file is damaged.</exception>
    public static async Task<IdentityProvider> StartAsync(
        IdentityProviderOptions options,
        CancellationToken cancellationToken)
    {
        var provider = new IdentityProvider(options, await SigningKeys.LoadAsync(options.KeyFile, cancellationToken));
        provider._server = await LoopbackServer.StartAsync(
            new Port(options.Port, "the identity provider", "SECUREZOOM_IDENTITY_PORT"),
            provider.Configure,
            provider.Build,
            cancellationToken);
        return provider;
    }

    /// <summary>Makes an access token for the API, without asking for a password.</summary>
    public string MintToken(Account account, TokenOverrides? overrides = null) =>
        _tokens.Create(account, Audience, "openid profile email", TokenLife, SignIn.Now(_options.Time), overrides ?? new TokenOverrides());

    /// <summary>The next key begins to sign; the old one stays in the key set until it is revoked.</summary>
    public void RotateSigningKey() => _keys.Rotate();

    /// <summary>Takes the keys that no longer sign out of the key set.</summary>
    public void RevokeRetiredKeys() => _keys.RevokeRetired();

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (_feed is not null)
        {
            await _feed.DisposeAsync();
        }

        Faults.Dispose();
    }

    private void Configure(IServiceCollection services, Uri issuer)
    {
        _tokens = new AccessTokens(issuer, _keys, _options.Time);
        var families = new RefreshFamilies();
        var server = new AuthorizationServer(issuer, _options, _keys, _tokens, families, TokenLife);
        _feed = new EventFeed(_options);
        var people = new People(_feed, _options.Time);
        var sessions = new Sessions(issuer);
        _endpoints = new IdentityEndpoints(_options, sessions, families, _tokens, people);
        _management = new ManagementEndpoints(issuer, _options, sessions, families);
        _peopleEndpoints = new PeopleEndpoints(_options, people, _feed);
        services.AddOpenIddict().AddServer(server.Configure);
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(_options.Site.GetLeftPart(UriPartial.Authority))
            .AllowAnyHeader()
            .AllowAnyMethod()));
    }

    private void Build(WebApplication application)
    {
        application.UseMiddleware<RequestLogMiddleware>(Requests, _options.Time);
        application.UseMiddleware<FaultMiddleware>(Faults, _options.Time);
        application.UseCors();
        application.UseMiddleware<JsonBodyMiddleware>();
        application.Use(_management.GiveTokenAsync);
        application.UseAuthentication();
        _endpoints.Map(application);
        _peopleEndpoints.Map(application);
        _management.Map(application);
    }
}
