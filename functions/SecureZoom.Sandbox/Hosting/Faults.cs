namespace SecureZoom.Sandbox.Hosting;

/// <summary>The faults that are waiting for their requests; the first that fits strikes.</summary>
public sealed class Faults : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _waiting = [];
    private CancellationTokenSource _cleared = new();

    /// <summary>Adds a fault after those that wait already.</summary>
    public void Add(Fault fault)
    {
        lock (_lock)
        {
            _waiting.Add(fault);
        }
    }

    /// <summary>Forgets every fault and ends the delays under way.</summary>
    public void Clear()
    {
        CancellationTokenSource cleared;
        lock (_lock)
        {
            _waiting.Clear();
            cleared = _cleared;
            _cleared = new CancellationTokenSource();
        }

        cleared.Cancel();
        cleared.Dispose();
    }

    /// <summary>Ends the delays under way.</summary>
    public void Dispose()
    {
        _cleared.Cancel();
        _cleared.Dispose();
    }

    /// <summary>Uses up one stroke of the first fault that fits.</summary>
    internal (Fault Fault, CancellationToken Cleared)? Take(string method, string path)
    {
        lock (_lock)
        {
            var index = _waiting.FindIndex(fault =>
                path.StartsWith(fault.Path, StringComparison.Ordinal)
                && (fault.Method is null || fault.Method.Equals(method, StringComparison.OrdinalIgnoreCase)));
            if (index < 0)
            {
                return null;
            }

            var fault = _waiting[index];
            if (fault.Times <= 1)
            {
                _waiting.RemoveAt(index);
            }
            else
            {
                _waiting[index] = fault with { Times = fault.Times - 1 };
            }

            return (fault, _cleared.Token);
        }
    }
}
