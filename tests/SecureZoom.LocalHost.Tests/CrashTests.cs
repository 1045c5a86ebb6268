using System.Collections.Concurrent;
using System.Net;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

/// <summary>Workers that end when they should not.</summary>
public sealed class CrashTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly TestHost _host = shared.Host;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_of_a_worker_that_exits_are_502_and_the_next_ones_are_the_next_workers()
    {
        var worker = await _host.WorkerIdAsync();
        var waiting = _host.Client.GetAsync("/api/act/waiting", Cancelled);
        await _host.Stage.NextAsync("waiting");
        using var streaming = await _host.Client.GetAsync("/api/flow/streaming", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await _host.Stage.NextAsync("streaming");
        var exiting = _host.Client.GetAsync("/api/act/exiting", Cancelled);
        (await _host.Stage.NextAsync("exiting")).Exit();

        Assert.Equal(HttpStatusCode.BadGateway, (await waiting).StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, (await exiting).StatusCode);
        // Half an answer is not taken for the whole.
        await Assert.ThrowsAnyAsync<Exception>(() => streaming.Content.ReadAsStringAsync(Cancelled));

        Assert.NotEqual(worker, await _host.WorkerIdAsync());
        await _host.PrintsAsync("The worker has ended with exit code 3");
    }

    [Fact]
    public async Task Calls_that_a_killed_worker_holds_are_502_and_those_that_come_meanwhile_are_200_or_502_or_cut()
    {
        var held = Enumerable.Range(0, 100).Select(_ => _host.Client.GetAsync("/api/act/held", Cancelled)).ToArray();
        foreach (var _ in held)
        {
            await _host.Stage.NextAsync("held");
        }

        var answers = new ConcurrentBag<HttpStatusCode>();
        var begun = new TaskCompletionSource();
        var requests = Parallel.ForAsync(0, 600, new ParallelOptions { MaxDegreeOfParallelism = 200, CancellationToken = Cancelled }, async (n, token) =>
        {
            try
            {
                using var answer = await _host.Client.GetAsync($"/api/items/{n}", token);
                answers.Add(answer.StatusCode);
            }
            catch (HttpRequestException)
            {
                // The worker had begun to answer.
                answers.Add(HttpStatusCode.BadGateway);
            }

            begun.TrySetResult();
        });
        await begun.Task;
        await _host.KillWorkerAsync();
        await requests.WaitAsync(Eventually.Deadline, Cancelled);

        Assert.All(await Task.WhenAll(held), answer => Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode));
        Assert.Equal(600, answers.Count);
        Assert.All(answers, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadGateway, $"{status}"));
        Assert.Equal("GetItem 7", await _host.Client.GetStringAsync("/api/items/7", Cancelled));
    }

    [Fact]
    public async Task Who_asks_as_soon_as_a_call_has_failed_is_answered()
    {
        for (var time = 0; time < 5; time++)
        {
            var exiting = _host.Client.GetAsync("/api/act/exiting", Cancelled);
            (await _host.Stage.NextAsync("exiting")).Exit();
            Assert.Equal(HttpStatusCode.BadGateway, (await exiting).StatusCode);
            Assert.Equal("GetItem 7", await _host.Client.GetStringAsync("/api/items/7", Cancelled));
        }
    }
}
