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

    private const int MaxSubject = 256;
    private const int MaxDomains = 100;

    private readonly IdentityOptions _options;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, (TrustedIssuer Issuer, IssuerKeys Keys)> _issuers;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    public TokenValidator(
        IdentityOptions options,
        IDocumentRetriever documents,
        TimeProvider time,
        ILogger<TokenValidator> logger)
    {
        _options = options;
        _time = time;
        _issuers = options.Issuers.ToDictionary(
            issuer => issuer.Issuer,
            issuer => (issuer, new IssuerKeys(issuer, documents, time, logger)),
            StringComparer.Ordinal);
    }

    /// <exception cref="IdentityException">The token is refused, or the issuer's keys cannot be fetched.</exception>
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

        if (token.Expires - token.IssuedAt > _options.MaxTokenLifetime)
        {
            throw Invalid("Lives too long.");
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
        var email = token.Description(names.Email);
        return new VerifiedToken(
            token.Issuer,
            token.Subject.Length <= MaxSubject ? token.Subject : throw Invalid("A subject is too long."),
            organization,
            organization is null || !issuer.TrustOrganizationDomains ? [] : ReadDomains(token),
            token.Description(names.Name),
            email,
            token.IsTrue(names.EmailVerified) ? EmailAddress.Parse(email) : null,
            token.Description(names.Department),
            token.Names(names.Groups),
            token.Names("permissions"),
            token.Texts("amr").Concat(token.Texts(ClaimNames.AuthenticationMethods)).Contains("mfa", StringComparer.Ordinal),
            token.Description(ClaimNames.Session) ?? token.Description("sid"),
            ReadSignIn(token));
    }

    /// <summary>When the person signed in. Nobody does after their token was made: such a time is none.</summary>
    private static DateTimeOffset? ReadSignIn(AccessToken token) =>
        (token.Time(ClaimNames.SignedInAt) ?? token.Time("auth_time")) is { } at && at <= token.IssuedAt + ClockSkew ? at : null;

    private IReadOnlyList<string> ReadDomains(AccessToken token) =>
        [.. token.Names(_options.Claims.OrganizationDomains).Select(EmailDomain.Parse).OfType<string>().Distinct().Take(MaxDomains)];

    private CallerOrganization? ReadOrganization(AccessToken token, TrustedIssuer issuer)
    {
        if (token.Text(_options.Claims.Organization) is not { } id)
        {
            return null;
        }

        return OrganizationId.IsValid(id) && issuer.MaySpeakFor(id)
            ? new CallerOrganization(id, token.Description(_options.Claims.OrganizationName))
            : throw Invalid("An organisation that the issuer may not speak for.");
    }

    private static IdentityException Invalid(string reason) => new(IdentityError.Invalid, reason);
}
