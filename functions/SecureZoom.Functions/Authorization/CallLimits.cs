using System.Threading.RateLimiting;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Authorization;

/// <summary>Counts the calls of each person and of each organisation, and those of the longest that an organisation has under way.</summary>
public sealed class CallLimits : IDisposable
{
    /// <summary>How many of the calls that read a whole trail an organisation may have under way.</summary>
    private const int LongAtOnce = 2;

    private readonly PartitionedRateLimiter<Bucket> _calls = PartitionedRateLimiter.Create<Bucket, Bucket>(
        bucket => RateLimitPartition.GetTokenBucketLimiter(bucket, AMinutesWorth));

    private readonly PartitionedRateLimiter<string> _long = PartitionedRateLimiter.Create<string, string>(
        organization => RateLimitPartition.GetConcurrencyLimiter(organization, _ => new ConcurrencyLimiterOptions { PermitLimit = LongAtOnce }));

    /// <summary>Counts a call. Who asks too often uses up nothing of what the organisation may ask.</summary>
    /// <param name="function">Each function is counted apart.</param>
    /// <exception cref="RequestException">The person, or the organisation, has asked too often; it says how long to wait.</exception>
    internal void Count(Caller caller, string function, LimitAttribute limit)
    {
        Take(new Bucket(function, caller.Pseudonym, limit.PerPerson), "Too many requests by the same person.");
        if (caller.Organization is { Id: var organization })
        {
            Take(new Bucket(function, organization, limit.PerOrganization), "Too many requests by the same organisation.");
        }
    }

    /// <summary>Begins a call that reads a whole trail; disposing of the result ends it.</summary>
    /// <exception cref="RequestException">As many as may be are under way for the caller's organisation.</exception>
    public IDisposable BeginLong(Caller caller)
    {
        var lease = _long.AttemptAcquire(caller.OrganizationId);
        return lease.IsAcquired
            ? lease
            : throw TooMany($"{LongAtOnce} exports or verifications of your organisation are under way.", lease);
    }

    public void Dispose()
    {
        _calls.Dispose();
        _long.Dispose();
    }

    private void Take(Bucket bucket, string refusal)
    {
        using var lease = _calls.AttemptAcquire(bucket);
        if (!lease.IsAcquired)
        {
            throw TooMany(refusal, lease);
        }
    }

    private static RequestException TooMany(string detail, RateLimitLease lease) => new(RequestError.TooMany, detail)
    {
        RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1),
    };

    private static TokenBucketRateLimiterOptions AMinutesWorth(Bucket bucket)
    {
        var aSecond = Math.Max(1, bucket.PerMinute / 60);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = bucket.PerMinute,
            TokensPerPeriod = aSecond,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) * aSecond / bucket.PerMinute,
            QueueLimit = 0,
        };
    }

    /// <summary>What one person, or one organisation, may ask of one function.</summary>
    private readonly record struct Bucket(string Function, string Who, int PerMinute);
}
