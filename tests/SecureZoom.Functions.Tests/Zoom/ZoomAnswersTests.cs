using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Functions.Tests.Zoom;

/// <summary>What follows from Zoom's refusals: how long to wait, and which tokens are worth another.</summary>
public sealed class ZoomAnswersTests(Cloud cloud)
{
    private static readonly MeetingNumber Number = MeetingNumber.From(85_012_345_678)!.Value;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 12, 1, 22, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("You have exceeded the daily rate limit of (100) for Meeting Create/Update API requests permitted for this user.", 7200)]
    [InlineData("You have reached the maximum daily rate limit for this API.", 7200)]
    [InlineData("You have reached the maximum per-second rate limit for this API. Try again later.", 1)]
    [InlineData("Too many.", 60)]
    public async Task A_limit_without_headers_ends_with_the_day_or_the_second(string message, int seconds)
    {
        await using var bench = await StartAsync();
        bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", 429, Message: message));
        Assert.Equal(TimeSpan.FromSeconds(seconds), (await FailAsync(bench)).RetryAfter);
    }

    [Fact]
    public async Task An_API_that_refuses_every_token_causes_few_token_requests_and_means_the_same_each_time()
    {
        await using var bench = await StartAsync();
        bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", 401, Times: 1000, Code: 124));
        for (var i = 0; i < 15; i++)
        {
            var failure = await FailAsync(bench);
            Assert.Equal((ZoomError.BadGateway, 124), (failure.Error, failure.Code));
        }

        Assert.Equal(2, bench.TokenRequests);
        Assert.Equal(16, bench.Own.Count(HttpMethod.Get, "/v2/meetings/"));
        // A call that takes the token goes on with it.
        await bench.Api.ListMeetingsAsync(bench.Account, "alice@acme.example", Cancellation);
        Assert.Equal(2, bench.TokenRequests);
        _time.Advance(ZoomTokens.PauseAfterFailure);
        await FailAsync(bench);
        await FailAsync(bench);
        Assert.Equal(3, bench.TokenRequests);
    }

    [Fact]
    public async Task Callers_at_once_whose_tokens_are_all_refused_cause_few_token_requests()
    {
        await using var bench = await StartAsync();
        bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", 401, Times: 1000));
        var failures = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => FailAsync(bench)));
        Assert.All(failures, failure => Assert.Equal(ZoomError.BadGateway, failure.Error));
        Assert.InRange(bench.TokenRequests, 2, 4);
    }

    [Fact]
    public async Task A_token_that_lacks_a_scope_is_dropped_once_a_minute_at_most()
    {
        await using var bench = await StartAsync();
        bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", 400, Times: 1000, Code: 4711));
        for (var i = 0; i < 15; i++)
        {
            var failure = await FailAsync(bench);
            Assert.Equal((ZoomError.BadGateway, 4711), (failure.Error, failure.Code));
        }

        Assert.Equal(2, bench.TokenRequests);
        _time.Advance(TimeSpan.FromMinutes(1));
        await FailAsync(bench);
        await FailAsync(bench);
        Assert.Equal(3, bench.TokenRequests);
    }

    [Fact]
    public async Task Credentials_that_Zoom_refuses_mean_the_same_each_time()
    {
        await using var bench = await ZoomBench.StartAsync(cloud, _time, options => options with { ClientSecret = "another" });
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(ZoomError.BadGateway, (await FailAsync(bench)).Error);
        }

        Assert.Equal(1, bench.TokenRequests);
    }

    private Task<ZoomBench> StartAsync() => ZoomBench.StartAsync(cloud, _time);

    private static Task<ZoomException> FailAsync(ZoomBench bench) =>
        Assert.ThrowsAsync<ZoomException>(() => bench.Api.GetMeetingAsync(bench.Account, Number, Cancellation));
}
