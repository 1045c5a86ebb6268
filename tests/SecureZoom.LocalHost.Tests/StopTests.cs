using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class StopTests
{
    [Fact]
    public async Task On_SIGTERM_a_running_request_finishes_and_then_the_process_ends_well()
    {
        var port = FreePort.Find();
        await using var child = new ChildHost("{}", "--port", $"{port}");
        await child.PrintsAsync("ready");
        using var client = new HttpClient { BaseAddress = new($"http://localhost:{port}") };
        var running = client.GetStringAsync("/api/items/7", TestContext.Current.CancellationToken);
        await child.PrintsAsync("begun 7");

        await child.TerminateAsync();
        await child.PrintsAsync("stopping");
        Assert.False(running.IsCompleted);
        await child.EndFunctionAsync();

        Assert.Equal("done", await running);
        Assert.Equal(0, await child.ExitAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.GetStringAsync("/api/items/8", TestContext.Current.CancellationToken));
    }
}
