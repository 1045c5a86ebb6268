using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SecureZoom.Functions.Secrets;

/// <summary>The secrets at hand: read once, looked at again in the background, kept through an outage of their source for a while.</summary>
public sealed partial class SecretStore(ISecretSource source, TimeProvider time, ILogger<SecretStore> logger)
{
    /// <summary>How old a secret may be before it is looked at again, beside the caller's way.</summary>
    public static readonly TimeSpan RefreshAfter = TimeSpan.FromMinutes(5);

    /// <summary>How long secrets serve while their source is down.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromHours(4);

    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The version to sign, seal or authenticate with.</summary>
    /// <exception cref="SecretException">There is none.</exception>
    public async ValueTask<SecretVersion> CurrentAsync(string name, CancellationToken cancellationToken) =>
        (await AllAsync(name, cancellationToken))[0];

    /// <summary>Every enabled version, the newest first: what verification and opening accept. Never empty.</summary>
    /// <exception cref="SecretException">There is none.</exception>
    public ValueTask<IReadOnlyList<SecretVersion>> AllAsync(string name, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(name, static _ => new Entry());
        if (entry.Latest is not { Versions.Count: > 0 } latest || time.GetUtcNow() - latest.ReadAt > KeepFor)
        {
            return new(WaitForAsync(name, entry, cancellationToken));
        }

        if (time.GetUtcNow() - latest.ReadAt > RefreshAfter)
        {
            _ = StartReading(name, entry, RefreshAfter / 10);
        }

        return new(latest.Versions);
    }

    private async Task<IReadOnlyList<SecretVersion>> WaitForAsync(string name, Entry entry, CancellationToken cancellationToken)
    {
        var reading = await StartReading(name, entry, TimeSpan.Zero)!.WaitAsync(cancellationToken);
        return reading is { Versions.Count: > 0 } ? reading.Versions : throw new SecretException(name);
    }

    /// <summary>The reading under way, or a new one; null when the last one began less than <paramref name="pause"/> ago.</summary>
    private Task<Reading?>? StartReading(string name, Entry entry, TimeSpan pause)
    {
        lock (entry)
        {
            if (entry.UnderWay is { IsCompleted: false })
            {
                return entry.UnderWay;
            }

            if (time.GetUtcNow() - entry.TriedAt < pause)
            {
                return null;
            }

            entry.TriedAt = time.GetUtcNow();
            return entry.UnderWay = ReadAsync(name, entry);
        }
    }

    /// <summary>A look at the source; null when it fails, which is only logged.</summary>
    private async Task<Reading?> ReadAsync(string name, Entry entry)
    {
        // Out of the lock and out of the caller's way.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var timeout = new CancellationTokenSource(ReadTimeout, time);
        try
        {
            var reading = new Reading(await source.ReadAsync(name, timeout.Token), time.GetUtcNow());
            entry.Latest = reading;
            return reading;
        }
        catch (Exception exception)
        {
            Log.ReadFailed(logger, exception.GetType().Name, name);
            return null;
        }
    }

    /// <summary>What a look at the source found; no versions when the secret is gone or disabled.</summary>
    private sealed record Reading(IReadOnlyList<SecretVersion> Versions, DateTimeOffset ReadAt);

    /// <summary>A secret's last reading, and the one under way.</summary>
    private sealed class Entry
    {
        public volatile Reading? Latest;

        public DateTimeOffset TriedAt { get; set; } = DateTimeOffset.MinValue;

        public Task<Reading?>? UnderWay { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Failure}: the secret {Name} cannot be read; what is at hand serves as long as it may")]
        public static partial void ReadFailed(ILogger logger, string failure, string name);
    }
}
