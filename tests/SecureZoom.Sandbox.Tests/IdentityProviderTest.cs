using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Sandbox.Tests;

/// <summary>Tests with an identity provider of their own, and a browser before it.</summary>
/// <param name="keys">Where the keys of all tests are: to make them anew for each takes longer than the tests.</param>
public abstract class IdentityProviderTest(TemporaryFolder keys) : IAsyncLifetime, IClassFixture<TemporaryFolder>
{
    private protected static readonly JsonWebTokenHandler Tokens = new();

    private protected IdentityProvider _identity = null!;
    private protected Browser _browser = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _identity = await IdentityProvider.StartAsync(
            new IdentityProviderOptions { KeyFile = keys.File("identity.json") }, Cancellation);
        _browser = new Browser(_identity);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _identity.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>As the app would: by the published keys, for its audience.</summary>
    private protected async Task<TokenValidationResult> ValidateAsync(string token, IdentityProvider? identity = null)
    {
        using var http = new HttpClient { BaseAddress = (identity ?? _identity).Address };
        var keySet = new JsonWebKeySet(await http.GetStringAsync(".well-known/jwks.json", Cancellation));
        return await Tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = http.BaseAddress.ToString(),
            ValidAudience = IdentityProvider.Audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidTypes = ["JWT"],
            IssuerSigningKeys = keySet.Keys,
            TryAllIssuerSigningKeys = false,
        });
    }
}
