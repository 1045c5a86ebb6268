namespace SecureZoom.Sandbox.Hosting;

/// <summary>Asks a part until it answers.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="isReady">Asks it; false, or an <see cref="HttpRequestException"/>, when it does not answer yet.</param>
    /// <param name="within">After this time it counts as failed.</param>
    /// <param name="ended">Ends when there is nobody left who could answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when it ended, or did not answer in time.</returns>
    public static async Task<bool> WaitAsync(
        Func<CancellationToken, Task<bool>> isReady,
        TimeSpan within,
        Task ended,
        CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(within);
        try
        {
            while (!ended.IsCompleted)
            {
                if (await TryAsync(isReady, deadline.Token))
                {
                    return true;
                }

                await Task.WhenAny(ended, Task.Delay(Pause, deadline.Token));
                deadline.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Out of time.
        }

        return false;
    }

    private static async Task<bool> TryAsync(Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        try
        {
            return await isReady(cancellationToken);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
