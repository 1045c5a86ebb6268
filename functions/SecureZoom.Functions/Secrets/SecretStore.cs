using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Caching;

namespace SecureZoom.Functions.Secrets;

/// <summary>The secrets at hand: read once, looked at again in the background, kept through an outage of their source for a while.</summary>
public sealed partial class SecretStore(ISecretSource source, TimeProvider time, ILogger<SecretStore> logger)
{
    /// <summary>How old a secret may be before it is looked at again, beside the caller's way.</summary>
    public static readonly TimeSpan RefreshAfter = TimeSpan.FromMinutes(5);

    /// <summary>How long after it was made every instance has a new version, clocks included.</summary>
    public static readonly TimeSpan KnownEverywhereAfter = 2 * RefreshAfter;

    /// <summary>How long secrets serve while their source is down.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromHours(4);

    /// <summary>How long it is remembered that there is none: whoever makes its source be asked in vain does so twice a minute at most.</summary>
    public static readonly TimeSpan MissingFor = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, SharedValue<IReadOnlyList<SecretVersion>>> _secrets = new(StringComparer.Ordinal);

    /// <summary>The version to sign, seal or authenticate with.</summary>
    /// <exception cref="SecretException">There is none.</exception>
    public async ValueTask<SecretVersion> CurrentAsync(string name, CancellationToken cancellationToken) =>
        (await AllAsync(name, cancellationToken))[0];

    /// <summary>
    /// The version to seal with what other instances open: the newest that each of them has at hand by now. Until then the one before.
    /// </summary>
    /// <exception cref="SecretException">There is none.</exception>
    public async ValueTask<SecretVersion> SealingAsync(string name, CancellationToken cancellationToken)
    {
        var versions = await AllAsync(name, cancellationToken);
        return versions.FirstOrDefault(version => version.CreatedOn is not { } created || time.GetUtcNow() - created > KnownEverywhereAfter)
            ?? versions[0];
    }

    /// <summary>The version for what has to stay the same over rotations.</summary>
    /// <exception cref="SecretException">There is none.</exception>
    public async ValueTask<SecretVersion> OldestAsync(string name, CancellationToken cancellationToken) =>
        (await AllAsync(name, cancellationToken))[^1];

    /// <summary>Every enabled version, the newest first: what verification and opening accept. Never empty.</summary>
    /// <exception cref="SecretException">There is none, or none can be had.</exception>
    public async ValueTask<IReadOnlyList<SecretVersion>> AllAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) is { Count: > 0 } versions ? versions : throw new SecretException(name);

    /// <summary>As <see cref="AllAsync"/>, and empty where the source says that there is none.</summary>
    /// <exception cref="SecretException">The source does not say.</exception>
    public ValueTask<IReadOnlyList<SecretVersion>> FindAsync(string name, CancellationToken cancellationToken)
    {
        var secret = _secrets.GetOrAdd(name, key => new(() => ReadAsync(key), RefreshAfter / 10, time));
        var now = time.GetUtcNow();
        var latest = secret.Latest;
        if (latest is null || now - latest.AsOf > (latest.Value.Count > 0 ? KeepFor : MissingFor))
        {
            return new(ReadAgainAsync(secret, latest, cancellationToken));
        }

        if (now - latest.AsOf > RefreshAfter)
        {
            _ = secret.GetAsync(since: now - RefreshAfter);
        }

        return new(latest.Value);
    }

    private static async Task<IReadOnlyList<SecretVersion>> ReadAgainAsync(
        SharedValue<IReadOnlyList<SecretVersion>> secret,
        Fetched<IReadOnlyList<SecretVersion>>? useless,
        CancellationToken cancellationToken)
    {
        if (useless is not null)
        {
            secret.Drop(useless);
        }

        return (await secret.GetAsync(since: DateTimeOffset.MinValue).WaitAsync(cancellationToken)).Value;
    }

    /// <summary>A look at the source: no versions when the secret is gone or disabled.</summary>
    private async Task<IReadOnlyList<SecretVersion>> ReadAsync(string name)
    {
        using var timeout = new CancellationTokenSource(ReadTimeout, time);
        try
        {
            return await source.ReadAsync(name, timeout.Token);
        }
        catch (Exception exception)
        {
            Log.ReadFailed(logger, exception.GetType().Name, name);
            throw new SecretException(name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "{Failure}: the secret {Name} cannot be read; what is at hand serves as long as it may")]
        public static partial void ReadFailed(ILogger logger, string failure, string name);
    }
}
