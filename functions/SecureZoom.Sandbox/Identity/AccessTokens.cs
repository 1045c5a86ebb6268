using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SecureZoom.Sandbox.Identity;

/// <summary>Access tokens in Auth0's default profile, and the opaque ones that it gives without an audience.</summary>
internal sealed class AccessTokens(Uri issuer, SigningKeys keys, TimeProvider time)
{
    private const string Namespace = "https://securezoom.example/";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly ConcurrentDictionary<string, Account> _opaque = new();

    private string UserInfo => $"{issuer}userinfo";

    /// <summary>A signed token for the API and for userinfo.</summary>
    public string Create(Account account, string audience, string scope, TimeSpan life, SignIn signIn, TokenOverrides overrides)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            [$"{Namespace}groups"] = account.Group is { } group ? new JsonArray(group) : new JsonArray(),
            [$"{Namespace}department"] = account.Department,
            [$"{Namespace}email"] = account.Email,
            [$"{Namespace}email_verified"] = true,
            [$"{Namespace}name"] = account.Name,
            [$"{Namespace}sid"] = signIn.Session,
            [$"{Namespace}auth_time"] = signIn.At,
            ["iss"] = issuer.ToString(),
            ["sub"] = account.Subject,
            ["aud"] = new JsonArray(audience, UserInfo),
            ["iat"] = now,
            ["exp"] = now + (overrides.ExpiresIn ?? (long)life.TotalSeconds),
            ["scope"] = scope,
            ["org_id"] = account.OrganizationId,
            ["org_name"] = account.OrganizationName,
            [$"{Namespace}org_domains"] = account.OrganizationDomain is { } domain ? new JsonArray(domain) : null,
            ["azp"] = IdentityProvider.ClientId,
        };
        // Auth0 writes no nulls.
        foreach (var missing in claims.Where(claim => claim.Value is null).Select(claim => claim.Key).ToList())
        {
            claims.Remove(missing);
        }

        foreach (var (name, value) in overrides.Claims ?? [])
        {
            if (value is null)
            {
                claims.Remove(name);
            }
            else
            {
                claims[name] = value.DeepClone();
            }
        }

        return _handler.CreateToken(claims.ToJsonString(), keys.Of(overrides.Key));
    }

    /// <summary>A token that only userinfo understands.</summary>
    public string CreateOpaque(Account account)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        _opaque[token] = account;
        return token;
    }

    /// <summary>Whose token userinfo was given; null when it is none of ours, or no longer good.</summary>
    public async Task<Account?> FindAccountAsync(string token)
    {
        if (_opaque.TryGetValue(token, out var account))
        {
            return account;
        }

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer.ToString(),
            ValidAudience = UserInfo,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKeys = keys.Published,
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
        });
        return result.IsValid ? Accounts.WithSubject(result.ClaimsIdentity.FindFirst("sub")?.Value) : null;
    }
}
