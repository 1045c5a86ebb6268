using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

/// <summary>Waits until a killed process' message is visible again, in a collection of its own so that nothing waits for it.</summary>
public sealed class CrashTests(Azurite azurite) : IClassFixture<Azurite>
{
    private readonly QueueDriver _queue = new(azurite);

    [Fact]
    public async Task A_killed_process_gives_its_messages_back_soon()
    {
        await _queue.SendAsync("survivor");
        string[] settings = ["--port", "0", $"--Store={azurite.ConnectionString}", $"--QueueName={_queue.Name}"];
        await using (var killed = new ChildHost(QueueDriver.HostJson(), settings))
        {
            await killed.PrintsAsync("begun survivor");
            await killed.KillAsync();
        }

        await using var next = new ChildHost(QueueDriver.HostJson(), settings);
        await next.PrintsAsync("begun survivor");
        await next.EndFunctionAsync();
        await next.PrintsAsync("ended");
        await _queue.EmptiesAsync();
    }
}
