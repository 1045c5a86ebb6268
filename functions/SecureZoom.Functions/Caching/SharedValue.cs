namespace SecureZoom.Functions.Caching;

/// <summary>A value that one caller fetches for all: kept, fetched anew for whoever needs a newer one, by one fetch at a time.</summary>
/// <remarks>A fetch has a life of its own, not that of the call that happens to begin it. A failed one leaves the value at hand as it is.</remarks>
/// <param name="fetch">Gets the value; what it throws is what everybody who waits gets.</param>
/// <param name="throttle">While there is a value at hand, fetches begin at least this far apart; who needs a newer one waits.</param>
internal sealed class SharedValue<T>(Func<Task<T>> fetch, TimeSpan throttle, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Fetched<T>? _latest;
    private Task<Fetched<T>>? _underWay;
    private DateTimeOffset _nextFetch = DateTimeOffset.MinValue;

    /// <summary>The value at hand; null before the first fetch, and once it is dropped.</summary>
    public Fetched<T>? Latest => Volatile.Read(ref _latest);

    /// <summary>The value at hand where its fetch began at <paramref name="since"/> or later; else that of the fetch under way, or of a new one.</summary>
    public Task<Fetched<T>> GetAsync(DateTimeOffset since)
    {
        lock (_lock)
        {
            var latest = Latest;
            if (latest is not null && latest.AsOf >= since)
            {
                return Task.FromResult(latest);
            }

            if (_underWay is null or { IsCompleted: true })
            {
                var now = time.GetUtcNow();
                var start = latest is null || _nextFetch < now ? now : _nextFetch;
                _nextFetch = start + throttle;
                _underWay = FetchAsync(start - now);
                Observe(_underWay);
            }

            return _underWay;
        }
    }

    /// <summary>Forgets a value that turned out useless; a newer one stays.</summary>
    public void Drop(Fetched<T> useless) => Interlocked.CompareExchange(ref _latest, null, useless);

    private async Task<Fetched<T>> FetchAsync(TimeSpan delay)
    {
        // Out of the lock, and out of the caller's way.
        await Task.Delay(delay, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var asOf = time.GetUtcNow();
        var fetched = new Fetched<T>(await fetch(), asOf);
        Volatile.Write(ref _latest, fetched);
        return fetched;
    }

    /// <summary>A fetch may fail with nobody waiting for it.</summary>
    private static void Observe(Task task) =>
        _ = task.ContinueWith(
            faulted => _ = faulted.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
