using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

/// <summary>Takes longer than a message is hidden for, in a collection of its own so that nothing waits for it.</summary>
public sealed class LongRunTests(Azurite azurite) : IClassFixture<Azurite>
{
    private readonly QueueDriver _queue = new(azurite);

    [Fact]
    public async Task A_message_stays_hidden_while_its_function_runs_longer_than_it_was_hidden_for()
    {
        var runs = 0;
        var longer = new TaskCompletionSource();
        using var clock = new Timer(_ => longer.SetResult(), null, TimeSpan.FromSeconds(34), Timeout.InfiniteTimeSpan);
        await using var host = await _queue.NewHost().StartAsync(async (_, _) =>
        {
            Interlocked.Increment(ref runs);
            await longer.Task;
        });
        await _queue.SendAsync("long");
        await longer.Task.WaitAsync(TestContext.Current.CancellationToken);

        // The receipt has changed since; deleting works with the newest one only.
        await _queue.EmptiesAsync();
        Assert.Equal(1, runs);
        Assert.Empty(host.Log.Containing("Warning"));
    }
}
