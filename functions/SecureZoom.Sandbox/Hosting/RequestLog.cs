using System.Collections.Concurrent;

namespace SecureZoom.Sandbox.Hosting;

/// <summary>What a stand-in was asked, oldest first; the last thousand requests.</summary>
public sealed class RequestLog
{
    private const int Kept = 1000;
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();

    /// <summary>The requests that were answered so far.</summary>
    public IReadOnlyList<RecordedRequest> All => [.. _requests];

    /// <summary>How many requests for exactly this path were answered.</summary>
    public int Count(string path) => _requests.Count(request => request.Path == path);

    internal void Add(RecordedRequest request)
    {
        _requests.Enqueue(request);
        while (_requests.Count > Kept)
        {
            _requests.TryDequeue(out _);
        }
    }
}
