using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Functions.Caching;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Identity;

/// <summary>The signing keys of one issuer: fetched when first needed, kept fresh, fetched again for a key not seen before.</summary>
/// <remarks>
/// While there are keys at hand, at most one fetch begins in <see cref="Throttle"/>: who needs a newer one waits for it, so that a flood
/// of made-up keys costs little and a really rotated key works on its first token. A fetch replaces all keys, so a revoked one stops
/// working with it.
/// </remarks>
internal sealed partial class IssuerKeys
{
    public static readonly TimeSpan Throttle = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>How long keys serve while no newer ones can be fetched: one that is revoked meanwhile is not known to be.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private const int MaxWaiting = 32;

    private readonly TrustedIssuer _issuer;
    private readonly IDocumentRetriever _documents;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SharedValue<Dictionary<string, SecurityKey>> _keys;
    private int _waiting;

    public IssuerKeys(TrustedIssuer issuer, IDocumentRetriever documents, TimeProvider time, ILogger logger)
    {
        (_issuer, _documents, _time, _logger) = (issuer, documents, time, logger);
        _keys = new(FetchAsync, Throttle, time);
    }

    /// <summary>The key of that id; null when the issuer has none.</summary>
    /// <exception cref="IdentityException">
    /// The keys cannot be fetched, and those at hand, if any, do not have it or are too old; or too many wait for a new one.
    /// </exception>
    public async ValueTask<SecurityKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var asked = _time.GetUtcNow();
        var keys = await _keys.GetAsync(since: asked - Patience).WaitAsync(cancellationToken);
        if (keys.AsOf < asked - Lifetime)
        {
            _ = _keys.GetAsync(since: asked - Lifetime);
        }

        return keys.Value.GetValueOrDefault(keyId) ?? await FindNewAsync(keyId, asked, cancellationToken);
    }

    private async Task<SecurityKey?> FindNewAsync(string keyId, DateTimeOffset asked, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting)
            {
                throw new IdentityException(IdentityError.Unavailable, "Too many wait for a key that is not at hand.");
            }

            Fetched<Dictionary<string, SecurityKey>> keys;
            do
            {
                // One that is under way may have begun before the key did: then the next one decides.
                keys = await _keys.GetAsync(since: asked).WaitAsync(cancellationToken);
            }
            while (keys.AsOf < asked && !keys.Value.ContainsKey(keyId));
            return keys.Value.GetValueOrDefault(keyId);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<Dictionary<string, SecurityKey>> FetchAsync()
    {
        using var span = AppTraces.Start("IssuerKeys.Fetch", ActivityKind.Client);
        try
        {
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
                _issuer.MetadataAddress.AbsoluteUri, new SameOriginDocuments(_issuer, _documents), CancellationToken.None);
            if (configuration.Issuer != _issuer.Issuer)
            {
                throw new InvalidOperationException("The metadata names another issuer.");
            }

            var usable = configuration.SigningKeys
                .Where(key => key is RsaSecurityKey or X509SecurityKey && !string.IsNullOrEmpty(key.KeyId))
                .GroupBy(key => key.KeyId, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
            return usable.Count > 0 ? usable : throw new InvalidOperationException("The metadata leads to no RSA key.");
        }
        catch (Exception exception)
        {
            // Discovery is the issuer's to get right: whatever fails there is an outage here, never the caller's fault.
            span?.Fail(exception.GetType().Name);
            Log.FetchFailed(_logger, exception, _issuer.Issuer);
            throw new IdentityException(IdentityError.Unavailable, "The issuer's keys cannot be fetched.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 121, Level = LogLevel.Warning, Message = "The signing keys of {Issuer} cannot be fetched")]
        public static partial void FetchFailed(ILogger logger, Exception exception, string issuer);
    }
}
