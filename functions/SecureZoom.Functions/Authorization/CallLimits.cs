using System.Threading.RateLimiting;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Authorization;

/// <summary>Counts the calls of each person and of each organisation, and those of the longest that an organisation has under way.</summary>
public sealed class CallLimits(TimeProvider time) : IDisposable
{
    /// <summary>How many of the calls that read a whole trail an organisation may have under way.</summary>
    private const int TrailReadingsAtOnce = 2;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();

    /// <summary>When each bucket is full again, which each call puts off; one that is full is not kept.</summary>
    private readonly Dictionary<Bucket, DateTimeOffset> _fullAt = [];
    private DateTimeOffset _nextSweep = DateTimeOffset.MinValue;

    private readonly PartitionedRateLimiter<string> _trailReadings = PartitionedRateLimiter.Create<string, string>(
        organization => RateLimitPartition.GetConcurrencyLimiter(organization, _ => new ConcurrencyLimiterOptions { PermitLimit = TrailReadingsAtOnce }));

    /// <summary>Counts a call of a person, whatever comes of it.</summary>
    /// <param name="person">The caller's pseudonym.</param>
    /// <param name="function">Each function is counted apart.</param>
    /// <exception cref="RequestException">The person has asked too often; it says how long to wait.</exception>
    internal void CountPerson(string person, string function, LimitAttribute limit) =>
        Take(new Bucket(function, person, limit.PerPerson), "Too many requests by the same person.");

    /// <summary>Counts a call that its caller may make: whoever is refused uses up nothing of what the organisation may ask.</summary>
    /// <param name="organization">The caller's organisation; null for none.</param>
    /// <exception cref="RequestException">The organisation has asked too often; it says how long to wait.</exception>
    internal void CountOrganization(string? organization, string function, LimitAttribute limit)
    {
        if (organization is not null)
        {
            Take(new Bucket(function, organization, limit.PerOrganization), "Too many requests by the same organisation.");
        }
    }

    /// <summary>Begins a call that reads a whole trail; disposing of the result ends it.</summary>
    /// <exception cref="RequestException">As many as may be are under way for the caller's organisation.</exception>
    public IDisposable BeginTrailReading(Caller caller)
    {
        var lease = _trailReadings.AttemptAcquire(caller.OrganizationId);
        return lease.IsAcquired
            ? lease
            : throw TooMany($"{TrailReadingsAtOnce} exports or verifications of your organisation are under way.", TimeSpan.FromSeconds(1));
    }

    public void Dispose() => _trailReadings.Dispose();

    /// <summary>A token bucket that holds a minute's worth and fills steadily, by the generic cell rate algorithm (ITU-T I.371).</summary>
    private void Take(Bucket bucket, string refusal)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            Sweep(now);
            var fullAt = (_fullAt.TryGetValue(bucket, out var known) && known > now ? known : now) + (Minute / bucket.PerMinute);
            if (fullAt - now > Minute)
            {
                throw TooMany(refusal, fullAt - now - Minute);
            }

            _fullAt[bucket] = fullAt;
        }
    }

    /// <summary>Forgets, once a minute, whoever has not called for a while.</summary>
    private void Sweep(DateTimeOffset now)
    {
        if (now < _nextSweep)
        {
            return;
        }

        _nextSweep = now + Minute;
        foreach (var (bucket, _) in _fullAt.Where(entry => entry.Value <= now))
        {
            _fullAt.Remove(bucket);
        }
    }

    private static RequestException TooMany(string detail, TimeSpan wait) => new(RequestError.TooMany, detail) { RetryAfter = wait };

    /// <summary>What one person, or one organisation, may ask of one function.</summary>
    private readonly record struct Bucket(string Function, string Who, int PerMinute);
}
