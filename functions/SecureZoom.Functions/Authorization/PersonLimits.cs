using System.Threading.RateLimiting;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Authorization;

/// <summary>How often one person may ask an instance for what costs something.</summary>
public sealed class PersonLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> _signature = Limiter(burst: 300, perSecond: 5);
    private readonly PartitionedRateLimiter<string> _create = Limiter(burst: 60, perSecond: 1);

    /// <exception cref="RequestException">This person has asked too often; it says how long to wait.</exception>
    public void Signature(Caller caller) => Take(_signature, caller);

    /// <inheritdoc cref="Signature"/>
    public void Create(Caller caller) => Take(_create, caller);

    public void Dispose()
    {
        _signature.Dispose();
        _create.Dispose();
    }

    private static void Take(PartitionedRateLimiter<string> limiter, Caller caller)
    {
        using var lease = limiter.AttemptAcquire(caller.Pseudonym);
        if (!lease.IsAcquired)
        {
            throw new RequestException(RequestError.TooMany, "Too many requests by the same person.")
            {
                RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1),
            };
        }
    }

    private static PartitionedRateLimiter<string> Limiter(int burst, int perSecond) =>
        PartitionedRateLimiter.Create<string, string>(person => RateLimitPartition.GetTokenBucketLimiter(
            person,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }));
}
