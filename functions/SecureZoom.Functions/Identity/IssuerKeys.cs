using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Identity;

/// <summary>The signing keys of one issuer: fetched when first needed, kept fresh, fetched again for a key not seen before.</summary>
/// <remarks>
/// All callers share one fetch. While there are keys at hand, at most one fetch begins in <see cref="Throttle"/>: who needs a newer
/// one waits for it, so that a flood of made-up keys costs little and a really rotated key works on its first token.
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
    private DateTimeOffset _nextFetch = DateTimeOffset.MinValue;
    private int _waiting;

    /// <summary>The key of that id; null when the issuer has none.</summary>
    /// <exception cref="IdentityException">The keys cannot be fetched, and those at hand, if any, do not have it.</exception>
    public async ValueTask<SecurityKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var keys = Volatile.Read(ref _current) ?? await GetAsync(since: DateTimeOffset.MinValue).WaitAsync(cancellationToken);
        if (keys.AsOf < asked - Lifetime)
        {
            _ = GetAsync(since: asked - Lifetime);
        }

        return keys.Find(keyId) ?? await FindNewAsync(keyId, asked, cancellationToken);
    }

    private async Task<SecurityKey?> FindNewAsync(string keyId, DateTimeOffset asked, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting)
            {
                return null;
            }

            Snapshot keys;
            do
            {
                // One that is under way may have begun before the key did: then the next one decides.
                keys = await GetAsync(since: asked).WaitAsync(cancellationToken);
            }
            while (keys.AsOf < asked && keys.Find(keyId) is null);
            return keys.Find(keyId);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>The keys at hand if they are that new; otherwise those of the fetch under way, or of a new one.</summary>
    private Task<Snapshot> GetAsync(DateTimeOffset since)
    {
        lock (_lock)
        {
            if (_current is { } current && current.AsOf >= since)
            {
                return Task.FromResult(current);
            }

            if (_fetch is null or { IsCompleted: true })
            {
                var now = time.GetUtcNow();
                var start = _current is null || _nextFetch < now ? now : _nextFetch;
                _nextFetch = start + Throttle;
                _fetch = FetchAsync(start - now);
                Observe(_fetch);
            }

            return _fetch;
        }
    }

    private async Task<Snapshot> FetchAsync(TimeSpan delay)
    {
        // Its own life, not that of the request that happens to come first.
        await Task.Delay(delay, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var span = AppTraces.Start("IssuerKeys.Fetch", ActivityKind.Client);
        var asOf = time.GetUtcNow();
        try
        {
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
                issuer.MetadataAddress.AbsoluteUri, new SameOriginDocuments(issuer, documents), CancellationToken.None);
            if (configuration.Issuer != issuer.Issuer)
            {
                throw new InvalidOperationException("The metadata names another issuer.");
            }

            var usable = configuration.SigningKeys.Where(key => key is RsaSecurityKey or X509SecurityKey && !string.IsNullOrEmpty(key.KeyId));
            var snapshot = new Snapshot(usable, asOf);
            if (snapshot.IsEmpty)
            {
                throw new InvalidOperationException("The metadata leads to no RSA key.");
            }

            Volatile.Write(ref _current, snapshot);
            return snapshot;
        }
        catch (Exception exception)
        {
            // Discovery is the issuer's to get right: whatever fails there is an outage here, never the caller's fault.
            span?.Fail(exception.GetType().Name);
            Log.FetchFailed(logger, exception, issuer.Issuer);
            throw new IdentityException(IdentityError.Unavailable, "The issuer's keys cannot be fetched.");
        }
    }

    /// <summary>A fetch may fail with nobody waiting for it.</summary>
    private static void Observe(Task task) =>
        _ = task.ContinueWith(
            faulted => _ = faulted.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    /// <summary>The keys as one fetch found them.</summary>
    private sealed class Snapshot(IEnumerable<SecurityKey> keys, DateTimeOffset asOf)
    {
        private readonly Dictionary<string, SecurityKey> _keys = keys
            .GroupBy(key => key.KeyId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

        /// <summary>When the fetch began.</summary>
        public DateTimeOffset AsOf { get; } = asOf;

        public bool IsEmpty => _keys.Count == 0;

        public SecurityKey? Find(string keyId) => _keys.GetValueOrDefault(keyId);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The signing keys of {Issuer} cannot be fetched")]
        public static partial void FetchFailed(ILogger logger, Exception exception, string issuer);
    }
}
