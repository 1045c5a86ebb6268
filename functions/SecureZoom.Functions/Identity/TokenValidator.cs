using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;

namespace SecureZoom.Functions.Identity;

/// <summary>Verifies access tokens and reads what they say.</summary>
internal sealed class TokenValidator
{
    /// <summary>How far the issuer's clock may be off.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private const int MaxText = 256;
    private const int MaxGroups = 200;

    private readonly IdentityOptions _options;
    private readonly Organizations _organizations;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, (TrustedIssuer Issuer, IssuerKeys Keys)> _issuers;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    public TokenValidator(
        IdentityOptions options,
        Organizations organizations,
        IDocumentRetriever documents,
        TimeProvider time,
        ILogger<IssuerKeys> logger)
    {
        _options = options;
        _organizations = organizations;
        _time = time;
        _issuers = options.Issuers.ToDictionary(
            issuer => issuer.Issuer,
            issuer => (issuer, new IssuerKeys(issuer, documents, time, logger)),
            StringComparer.Ordinal);
    }

    /// <exception cref="IdentityException">The token is refused, or the issuer's keys cannot be had.</exception>
    public async ValueTask<VerifiedToken> ValidateAsync(string encoded, CancellationToken cancellationToken)
    {
        var token = AccessToken.Parse(encoded);
        if (!_issuers.TryGetValue(token.Issuer, out var trusted))
        {
            throw Invalid("An issuer that is not trusted.");
        }

        CheckAudience(token, trusted.Issuer);
        CheckTimes(token);
        var verified = Read(token, trusted.Issuer);

        // All that needs no network is decided: only now may the issuer be asked.
        var key = await trusted.Keys.FindAsync(token.KeyId, cancellationToken) ?? throw Invalid("A key that is not the issuer's.");
        await CheckSignatureAsync(token, trusted.Issuer, key);
        return verified;
    }

    private static void CheckAudience(AccessToken token, TrustedIssuer issuer)
    {
        if (!token.Audiences.Contains(issuer.Audience, StringComparer.Ordinal))
        {
            throw Invalid("Meant for another audience.");
        }
    }

    private void CheckTimes(AccessToken token)
    {
        var now = _time.GetUtcNow();
        if (token.Expires <= now - ClockSkew)
        {
            throw Invalid("Expired.");
        }

        if (token.IssuedAt > now + ClockSkew || token.NotBefore > now + ClockSkew)
        {
            throw Invalid("Not yet valid.");
        }

        if (token.Expires <= token.IssuedAt || token.Expires <= token.NotBefore)
        {
            throw Invalid("Ends before it begins.");
        }
    }

    private async Task CheckSignatureAsync(AccessToken token, TrustedIssuer issuer, SecurityKey key)
    {
        var result = await _handler.ValidateTokenAsync(token.Encoded, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidIssuer = issuer.Issuer,
            ValidAudience = issuer.Audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            // The library reads the system's clock; ours may be another, and has been asked.
            ValidateLifetime = false,
        });
        if (!result.IsValid)
        {
            throw Invalid("A signature that does not verify.");
        }
    }

    private VerifiedToken Read(AccessToken token, TrustedIssuer issuer)
    {
        var names = _options.Claims;
        var organization = ReadOrganization(token, issuer);
        var groups = token.Texts(names.Groups);
        if (groups.Count > MaxGroups)
        {
            throw Invalid("Too many groups.");
        }

        var email = Capped(token.Text(names.Email));
        return new VerifiedToken(
            token.Issuer,
            Capped(token.Subject),
            organization,
            Capped(token.Text(names.Name)),
            email,
            token.IsTrue(names.EmailVerified) && MayVerify(issuer, email),
            Capped(token.Text(names.Department)),
            groups,
            token.Texts("permissions"),
            token.Texts("amr").Concat(token.Texts(ClaimNames.AuthenticationMethods)).Contains("mfa", StringComparer.Ordinal));
    }

    /// <summary>An issuer cannot vouch for addresses of an organisation that it may not speak for: they host meetings there.</summary>
    private bool MayVerify(TrustedIssuer issuer, string? email) =>
        email is not null && (_organizations.OwnerOf(email) is not { } owner || issuer.MaySpeakFor(owner));

    private CallerOrganization? ReadOrganization(AccessToken token, TrustedIssuer issuer)
    {
        if (token.Text(_options.Claims.Organization) is not { } id)
        {
            return null;
        }

        if (!OrganizationId.IsValid(id) || !issuer.MaySpeakFor(id))
        {
            throw Invalid("An organisation that the issuer may not speak for.");
        }

        return new CallerOrganization(id, Capped(token.Text(_options.Claims.OrganizationName)));
    }

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private static string? Capped(string? text) =>
        text is null or { Length: <= MaxText } ? text : throw Invalid("A claim is too long.");

    private static IdentityException Invalid(string reason) => new(IdentityError.Invalid, reason);
}
