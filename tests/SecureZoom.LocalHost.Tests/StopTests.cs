using System.Diagnostics;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class StopTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_SIGTERM_a_running_request_finishes_and_then_host_and_worker_end_well()
    {
        await using var host = await TestHost.StartAsync();
        var worker = await host.WorkerIdAsync();
        var call = host.Client.GetStringAsync("/api/act/running", Cancelled);
        var running = await host.Stage.NextAsync("running");

        await host.TerminateAsync();
        await host.ClosesAsync();
        Assert.False(call.IsCompleted);
        running.GoOn();

        Assert.Equal("done", await call);
        Assert.Equal(0, await host.ExitAsync());
        await TestHost.EndsAsync(worker);
        Assert.Empty(host.Containing("fail"));
    }

    [Fact]
    public async Task Clients_that_have_left_are_no_failure()
    {
        await using var host = await TestHost.StartAsync();
        foreach (var path in (string[])["act/left", "flow/left"])
        {
            var client = await RawClient.ConnectAsync(host.Address);
            await client.SendAsync($"GET /api/{path} HTTP/1.1\r\nHost: x\r\n\r\n");
            await host.Stage.NextAsync("left");
            client.Reset();
            await host.Stage.NextAsync("cancelled left");
        }

        // Whatever there is to say of them has been said when the host has ended.
        await host.TerminateAsync();
        Assert.Equal(0, await host.ExitAsync());
        Assert.Empty(host.Containing("fail"));
        Assert.Empty(host.Containing("   at "));
    }

    [Fact]
    public async Task A_second_SIGTERM_ends_host_and_worker_at_once()
    {
        await using var host = await TestHost.StartAsync();
        var worker = await host.WorkerIdAsync();
        var call = host.Client.GetAsync("/api/act/endless", Cancelled);
        await host.Stage.NextAsync("endless");

        await host.TerminateAsync();
        await host.PrintsAsync("Stopping");
        await host.TerminateAsync();

        Assert.Equal(128 + 15, await host.ExitAsync());
        await TestHost.EndsAsync(worker);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
    }

    [Fact]
    public async Task A_worker_that_hears_nothing_any_more_is_ended_when_its_time_is_over()
    {
        await using var host = await TestHost.StartAsync(new Scene { Arguments = ["--port", "0", "--grace", "1"] });
        var worker = await host.WorkerIdAsync();
        var call = host.Client.GetAsync("/api/act/endless", Cancelled);
        await host.Stage.NextAsync("endless");
        using (var stop = Process.Start("kill", ["-STOP", $"{worker}"]))
        {
            await stop.WaitForExitAsync(Cancelled);
        }

        await host.TerminateAsync();

        Assert.Equal(0, await host.ExitAsync());
        await TestHost.EndsAsync(worker);
        await Record.ExceptionAsync(() => call);
    }

    [Fact]
    public async Task A_killed_host_takes_its_worker_with_it()
    {
        await using var host = await TestHost.StartAsync();
        var worker = await host.WorkerIdAsync();

        await host.KillAsync();

        await TestHost.EndsAsync(worker);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(worker));
    }

    [Fact]
    public async Task A_host_ends_in_order_with_whoever_started_it()
    {
        await using var host = await TestHost.StartAsync();
        var worker = await host.WorkerIdAsync();
        var call = host.Client.GetStringAsync("/api/act/running", Cancelled);
        var running = await host.Stage.NextAsync("running");

        host.CloseInput();
        await host.PrintsAsync("Stopping");
        running.GoOn();

        Assert.Equal("done", await call);
        Assert.Equal(0, await host.ExitAsync());
        await TestHost.EndsAsync(worker);
    }

    [Fact]
    public async Task A_host_whose_worker_says_nothing_can_be_stopped()
    {
        await using var host = await TestHost.BeginAsync(new Scene().With("Worker__Start", "says nothing"));
        await host.PrintsAsync("The worker says nothing.");

        await host.TerminateAsync();

        Assert.Equal(0, await host.ExitAsync());
        Assert.Empty(host.Containing("functions at"));
    }
}
