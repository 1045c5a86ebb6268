namespace SecureZoom.Functions.Tests.Support;

/// <summary>Waits for what the app does in its own time, such as the queue's events reaching the trail.</summary>
internal static class Wait
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>Looks until there is something to see.</summary>
    /// <exception cref="TimeoutException">There was nothing within the deadline.</exception>
    public static async Task<T> ForAsync<T>(string what, Func<Task<T?>> look)
        where T : class
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Deadline);
        // Not more often than one person may ask for the trail.
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (true)
            {
                if (await look() is { } found)
                {
                    return found;
                }

                await tick.WaitForNextTickAsync(timeout.Token);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited in vain for {what}.");
        }
    }
}
