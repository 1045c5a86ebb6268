namespace SecureZoom.Functions.Caching;

/// <summary>What was found lately, by key: for so long, so many at the most, and nothing that was not there.</summary>
/// <remarks>
/// Two halves: what is looked for in the older one moves to the newer, and when that is full, the older is forgotten. So what is looked for
/// stays, and nothing has to be put in order.
/// </remarks>
/// <param name="most">How many values are kept at the most.</param>
/// <param name="age">For how long one is kept, from when it was asked for.</param>
internal sealed class RecentValues<TKey, TValue>(int most, TimeSpan age, TimeProvider time)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Flight> _flights = [];
    private Dictionary<TKey, Fetched<TValue>> _newer = [];
    private Dictionary<TKey, Fetched<TValue>> _older = [];

    /// <summary>The value at hand; null where none is, or it is too old.</summary>
    public TValue? Find(TKey key)
    {
        lock (_lock)
        {
            if (!_newer.TryGetValue(key, out var found) && _older.Remove(key, out found))
            {
                Add(key, found);
            }

            return found is not null && time.GetUtcNow() - found.AsOf < age ? found.Value : null;
        }
    }

    /// <summary>Looks a value up, once for all who ask meanwhile, and keeps it where there is one; but not where it changed meanwhile: it may be of before.</summary>
    /// <remarks>A look-up that has taken longer than a value is kept is waited for by nobody who asks then.</remarks>
    /// <param name="fetch">Looks it up; what it throws is what everybody who waits gets. It has a life of its own, not that of the call that begins it.</param>
    public Task<TValue?> FetchAsync(TKey key, Func<Task<TValue?>> fetch, CancellationToken cancellationToken)
    {
        Flight? begun = null;
        Task<TValue?> landing;
        lock (_lock)
        {
            if (Find(key) is { } landed)
            {
                return Task.FromResult<TValue?>(landed);
            }

            var now = time.GetUtcNow();
            if (!_flights.TryGetValue(key, out var flight) || now - flight.AsOf >= age)
            {
                _flights[key] = flight = begun = new Flight(now);
            }

            landing = flight.Landing.Task;
        }

        if (begun is not null)
        {
            _ = FlyAsync(key, begun, fetch);
        }

        return landing.WaitAsync(cancellationToken);
    }

    /// <summary>The value at hand, or a new one that is at hand from now on.</summary>
    public TValue GetOrAdd(TKey key, Func<TValue> make)
    {
        lock (_lock)
        {
            if (Find(key) is not { } value)
            {
                Add(key, new Fetched<TValue>(value = make(), time.GetUtcNow()));
            }

            return value;
        }
    }

    /// <summary>A change of what a value was made from: at its end the value is forgotten, also one that is being looked up.</summary>
    public IDisposable Changing(TKey key) => new Change(this, key);

    private void Drop(TKey key)
    {
        lock (_lock)
        {
            _flights.Remove(key);
            _newer.Remove(key);
            _older.Remove(key);
        }
    }

    private async Task FlyAsync(TKey key, Flight flight, Func<Task<TValue?>> fetch)
    {
        try
        {
            var value = await fetch();
            Land(key, flight, value);
            flight.Landing.SetResult(value);
        }
        catch (Exception exception)
        {
            Land(key, flight, null);
            flight.Landing.SetException(exception);
            // There may be nobody left who waits.
            _ = flight.Landing.Task.Exception;
        }
    }

    private void Land(TKey key, Flight flight, TValue? value)
    {
        lock (_lock)
        {
            if (_flights.GetValueOrDefault(key) == flight)
            {
                _flights.Remove(key);
                if (value is not null)
                {
                    _older.Remove(key);
                    Add(key, new Fetched<TValue>(value, flight.AsOf));
                }
            }
        }
    }

    private void Add(TKey key, Fetched<TValue> value)
    {
        if (_newer.Count >= most / 2)
        {
            (_older, _newer) = (_newer, []);
        }

        _newer[key] = value;
    }

    /// <summary>A look-up under way.</summary>
    private sealed class Flight(DateTimeOffset asOf)
    {
        public DateTimeOffset AsOf => asOf;

        public TaskCompletionSource<TValue?> Landing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Change(RecentValues<TKey, TValue> values, TKey key) : IDisposable
    {
        public void Dispose() => values.Drop(key);
    }
}
