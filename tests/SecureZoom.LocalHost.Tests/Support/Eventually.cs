namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>Waits for what has no event to wait for.</summary>
internal static class Eventually
{
    /// <summary>Longer than anything takes that works, so that a failure is no matter of a slow machine.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static async Task<T> GetAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await poll.WaitForNextTickAsync(deadline.Token);
        }
    }

    public static Task IsAsync(Func<Task<bool>> condition) =>
        GetAsync(async () => await condition() ? string.Empty : null);

    public static Task IsAsync(Func<bool> condition) => IsAsync(() => Task.FromResult(condition()));
}
