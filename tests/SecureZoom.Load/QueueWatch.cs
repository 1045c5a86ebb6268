using Azure.Storage.Queues;

namespace SecureZoom.Load;

/// <summary>How old the oldest event is that waits for its place in the trail, looked at twice a second.</summary>
internal sealed class QueueWatch(QueueClient queue)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>The most that was seen.</summary>
    public TimeSpan Oldest { get; private set; }

    /// <summary>Looks on until it is told to stop.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await LookOnceAsync(stop);
            }
        }
        catch (OperationCanceledException)
        {
            // It is told to.
        }
    }

    /// <summary>Waits until all that was recorded is in its place, so that whoever is measured next has the machine alone.</summary>
    public async Task WhenEmptyAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            await LookOnceAsync(cancellationToken);
        }
        while ((await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCountLong > 0 && await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task LookOnceAsync(CancellationToken cancellationToken)
    {
        if ((await queue.PeekMessagesAsync(1, cancellationToken)).Value is [{ InsertedOn: { } inserted }] && DateTimeOffset.UtcNow - inserted is var age && age > Oldest)
        {
            Oldest = age;
        }
    }
}
