using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace SecureZoom.Functions.Identity;

/// <summary>The signing keys of one issuer: fetched when first needed, kept fresh, fetched again for a key not seen before.</summary>
/// <remarks>
/// All callers share one fetch. A key that is not known causes at most one fetch in <see cref="Throttle"/>: who comes earlier waits
/// for the next one that is due, so that a flood of made-up keys costs little and a really rotated key works on its first token.
/// A fetch replaces all keys, so a revoked one stops working with it. A failed fetch leaves the keys at hand as they are.
/// </remarks>
internal sealed partial class IssuerKeys(
    TrustedIssuer issuer, IDocumentRetriever documents, TimeProvider time, ILogger<IssuerKeys> logger)
{
    public static readonly TimeSpan Throttle = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const int MaxWaiting = 32;

    private readonly Lock _lock = new();
    private Snapshot? _current;
    private Task<Snapshot>? _fetch;
    private DateTimeOffset _nextForced = DateTimeOffset.MinValue;
    private int _waiting;

    /// <summary>The key of that id; null when the issuer has none.</summary>
    /// <exception cref="IdentityException">The keys cannot be fetched and none are at hand.</exception>
    public async ValueTask<SecurityKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var current = Volatile.Read(ref _current);
        if (current is null)
        {
            current = await FetchAsync(forced: false).WaitAsync(cancellationToken);
            return current.Find(keyId);
        }

        if (time.GetUtcNow() - current.FetchedAt > Lifetime)
        {
            Observe(FetchAsync(forced: false));
        }

        return current.Find(keyId) ?? await FindAfterFetchAsync(keyId, cancellationToken);
    }

    private async Task<SecurityKey?> FindAfterFetchAsync(string keyId, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting)
            {
                return null;
            }

            var fetched = await FetchAsync(forced: true).WaitAsync(cancellationToken);
            return fetched.Find(keyId);
        }
        catch (IdentityException)
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>The fetch under way, or a new one; one that an unknown key forces starts as soon as the throttle allows.</summary>
    private Task<Snapshot> FetchAsync(bool forced)
    {
        lock (_lock)
        {
            if (_fetch is null or { IsCompleted: true })
            {
                var now = time.GetUtcNow();
                var start = forced && _nextForced > now ? _nextForced : now;
                _nextForced = forced ? start + Throttle : _nextForced;
                _fetch = FetchAsync(start - now);
            }

            return _fetch;
        }
    }

    private async Task<Snapshot> FetchAsync(TimeSpan delay)
    {
        // Its own life, not that of the request that happens to come first.
        await Task.Delay(delay, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
                issuer.MetadataAddress.AbsoluteUri, new SameOriginDocuments(issuer, documents), CancellationToken.None);
            if (configuration.Issuer != issuer.Issuer)
            {
                throw new InvalidOperationException("The metadata names another issuer.");
            }

            var snapshot = new Snapshot(
                configuration.SigningKeys.Where(key => key is RsaSecurityKey or X509SecurityKey or JsonWebKey { Kty: "RSA" }),
                time.GetUtcNow());
            Volatile.Write(ref _current, snapshot);
            return snapshot;
        }
        catch (Exception exception)
        {
            // Discovery is the issuer's to get right: whatever fails there is an outage here, never the caller's fault.
            Log.FetchFailed(logger, exception, issuer.Issuer);
            throw new IdentityException(IdentityError.Unavailable, "The issuer's keys cannot be fetched.");
        }
    }

    private static void Observe(Task task) =>
        _ = task.ContinueWith(
            faulted => _ = faulted.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    /// <summary>The keys as one fetch found them.</summary>
    private sealed class Snapshot(IEnumerable<SecurityKey> keys, DateTimeOffset fetchedAt)
    {
        private readonly Dictionary<string, SecurityKey> _keys = keys
            .Where(key => !string.IsNullOrEmpty(key.KeyId))
            .GroupBy(key => key.KeyId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

        public DateTimeOffset FetchedAt { get; } = fetchedAt;

        public SecurityKey? Find(string keyId) => _keys.GetValueOrDefault(keyId);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The signing keys of {Issuer} cannot be fetched")]
        public static partial void FetchFailed(ILogger logger, Exception exception, string issuer);
    }
}
