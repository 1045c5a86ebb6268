using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Identity;

/// <summary>Verifies access tokens and reads what they say.</summary>
internal sealed class TokenValidator
{
    /// <summary>How far the issuer's clock may be off.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>Bits (RFC 7518, 3.3).</summary>
    private const int MinKeySize = 2048;

    private const int MaxSubject = 256;
    private const int MaxDomains = 100;

    private readonly IdentityOptions _options;
    private readonly TimeProvider _time;
    private readonly TrustedIssuers _issuers;
    private readonly ConcurrentDictionary<string, IssuerKeys> _keys = new(StringComparer.Ordinal);
    private readonly Func<TrustedIssuer, IssuerKeys> _newKeys;

    public TokenValidator(
        IdentityOptions options,
        TrustedIssuers issuers,
        IDocumentRetriever documents,
        TimeProvider time,
        ILogger<TokenValidator> logger)
    {
        (_options, _issuers, _time) = (options, issuers, time);
        _newKeys = issuer => new IssuerKeys(issuer, documents, time, logger);
    }

    /// <exception cref="IdentityException">The token is refused, or the issuer's keys cannot be fetched.</exception>
    /// <exception cref="StorageUnavailableException">It may be a customer's own issuer's, and customers are not known well enough to say.</exception>
    public async ValueTask<VerifiedToken> ValidateAsync(string encoded, CancellationToken cancellationToken)
    {
        var token = AccessToken.Parse(encoded);
        var trusted = _issuers.Find(token.Issuer) ?? throw Invalid("An issuer that is not trusted.");
        CheckAudience(token, trusted);
        CheckTimes(token);
        var verified = Read(token, trusted);

        // All that needs no network is decided: only now may the issuer be asked.
        var keys = _keys.GetOrAdd(trusted.Issuer, (_, issuer) => _newKeys(issuer), trusted);
        var key = await keys.FindAsync(token.KeyId, cancellationToken) ?? throw Invalid("A key that is not the issuer's.");
        CheckSignature(token, key);
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

    /// <summary>By the library's own verification; what it would check besides, issuer, audience and times, is checked by then, and stricter.</summary>
    private static void CheckSignature(AccessToken token, SecurityKey key)
    {
        if (key.KeySize < MinKeySize)
        {
            throw Invalid("A key that is too short.");
        }

        var signatures = key.CryptoProviderFactory.CreateForVerifying(key, SecurityAlgorithms.RsaSha256);
        try
        {
            if (!signatures.Verify(token.Signed, token.Signature))
            {
                throw Invalid("A signature that does not verify.");
            }
        }
        finally
        {
            key.CryptoProviderFactory.ReleaseSignatureProvider(signatures);
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

        return OrganizationId.IsValid(id) && _issuers.MaySpeakFor(issuer, id)
            ? new CallerOrganization(id, token.Description(_options.Claims.OrganizationName))
            : throw Invalid("An organisation that the issuer may not speak for.");
    }

    private static IdentityException Invalid(string reason) => new(IdentityError.Invalid, reason);
}
