using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Functions.Tests.Zoom;

/// <summary>The token cache's sentences, one by one.</summary>
public sealed class ZoomTokensTests(Cloud cloud)
{
    private const string TokenPath = "/oauth/token";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_that_come_together_to_an_empty_cache_cause_one_request()
    {
        await using var bench = await StartAsync();
        bench.Own.Zoom.Faults.Add(new Fault(TokenPath, 0, DelayMs: -1));
        var calls = Enumerable.Range(0, 50).Select(_ => GetAsync(bench)).ToList();
        bench.Own.Zoom.Faults.Clear();
        Assert.Single((await Task.WhenAll(calls)).Distinct());
        Assert.Equal(1, bench.TokenRequests);
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_take_the_request_away_from_the_others()
    {
        await using var bench = await StartAsync();
        bench.Own.Zoom.Faults.Add(new Fault(TokenPath, 0, DelayMs: -1));
        using var impatient = new CancellationTokenSource();
        var leaver = bench.Tokens.GetAsync(bench.Account, impatient.Token).AsTask();
        var other = GetAsync(bench);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        bench.Own.Zoom.Faults.Clear();
        Assert.NotEmpty(await other);
        Assert.Equal(1, bench.TokenRequests);
    }

    [Fact]
    public async Task A_token_is_renewed_ahead_of_its_end_and_serves_meanwhile()
    {
        await using var bench = await StartAsync();
        var first = await GetAsync(bench);
        _time.Advance(TimeSpan.FromMinutes(49));
        Assert.Equal(first, await GetAsync(bench));
        Assert.Equal(1, bench.TokenRequests);

        _time.Advance(TimeSpan.FromMinutes(2));
        bench.Own.Zoom.Faults.Add(new Fault(TokenPath, 0, DelayMs: -1));
        Assert.Equal(first, await GetAsync(bench));
        bench.Own.Zoom.Faults.Clear();
        var second = await Wait.ForAsync("the next token", async () => await GetAsync(bench) is var token && token != first ? token : null);
        Assert.Equal(2, bench.TokenRequests);
        Assert.Equal(second, await GetAsync(bench));
    }

    [Fact]
    public async Task In_its_last_minute_a_token_does_not_serve_any_more()
    {
        await using var bench = await StartAsync();
        var first = await GetAsync(bench);
        _time.Advance(TimeSpan.FromMinutes(59) + TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, await GetAsync(bench));
        Assert.Equal(2, bench.TokenRequests);
    }

    [Fact]
    public async Task A_valid_token_outlives_an_outage_of_the_token_endpoint()
    {
        await using var bench = await StartAsync();
        var first = await GetAsync(bench);
        bench.Own.Zoom.Faults.Add(new Fault(TokenPath, 503, Times: 1000));
        _time.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal(first, await GetAsync(bench));
        await Wait.ForAsync("the failed renewal", async () => await Task.FromResult(bench.TokenRequests == 2 ? "" : null));
        Assert.Equal(first, await GetAsync(bench));
    }

    [Fact]
    public async Task A_failing_token_endpoint_is_left_alone_for_a_while()
    {
        await using var bench = await StartAsync();
        bench.Own.Zoom.Faults.Add(new Fault(TokenPath, 500, Times: 1000));
        for (var i = 0; i < 20; i++)
        {
            var failure = await Assert.ThrowsAsync<ZoomException>(() => GetAsync(bench));
            Assert.Equal(ZoomError.Unavailable, failure.Error);
        }

        Assert.Equal(1, bench.TokenRequests);
        bench.Own.Zoom.Faults.Clear();
        _time.Advance(ZoomTokens.PauseAfterFailure + TimeSpan.FromSeconds(1));
        Assert.NotEmpty(await GetAsync(bench));
        Assert.Equal(2, bench.TokenRequests);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("86400", 60)]
    public async Task A_token_endpoint_that_names_a_pause_gets_it_within_a_minute(string retryAfter, int seconds)
    {
        await using var bench = await StartAsync();
        bench.Own.Zoom.Faults.Add(new Fault(TokenPath, 429, RetryAfter: retryAfter));
        Assert.Equal(ZoomError.RateLimited, (await Assert.ThrowsAsync<ZoomException>(() => GetAsync(bench))).Error);
        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        await Assert.ThrowsAsync<ZoomException>(() => GetAsync(bench));
        Assert.Equal(1, bench.TokenRequests);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotEmpty(await GetAsync(bench));
    }

    [Fact]
    public async Task A_401_drops_the_token_and_the_call_is_tried_once_more()
    {
        await using var bench = await StartAsync();
        var meeting = await CreateAsync(bench);
        bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", 401));
        Assert.Equal(meeting.Value, (await bench.Api.GetMeetingAsync(bench.Account, meeting, Cancellation)).Id);
        Assert.Equal(2, bench.TokenRequests);

        bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", 401, Times: 2));
        var failure = await Assert.ThrowsAsync<ZoomException>(() => bench.Api.GetMeetingAsync(bench.Account, meeting, Cancellation));
        Assert.Equal(ZoomError.BadGateway, failure.Error);
        Assert.Equal(4, bench.Own.Count(HttpMethod.Get, "/v2/meetings/"));
        Assert.Equal(3, bench.TokenRequests);
    }

    [Fact]
    public async Task Code_124_drops_the_token_and_the_same_body_is_sent_once_more()
    {
        // Zoom's clock runs ahead of ours: what we take for fresh has expired there.
        var zoomTime = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var bench = await ZoomBench.StartAsync(cloud, _time, options => options with { Time = zoomTime });
        await CreateAsync(bench);
        zoomTime.Advance(TimeSpan.FromHours(2));
        Assert.Equal("Second", (await CreateAsync(bench, "Second")).Topic);
        Assert.Equal(2, bench.TokenRequests);
    }

    [Fact]
    public async Task Scopes_that_lack_are_an_error_in_the_log_and_those_too_many_a_warning()
    {
        await using var bench = await StartAsync(["meeting:read:admin", "meeting:write:admin", "user:read:admin", "account:master"]);
        await GetAsync(bench);
        Assert.Contains(bench.Logs.Entries, entry =>
            entry.StartsWith("Error", StringComparison.Ordinal) && entry.Contains("cloud_recording:read:list_recording_files:admin", StringComparison.Ordinal));
        var warning = Assert.Single(bench.Logs.Entries, entry => entry.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains("do not need: account:master", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scopes_that_we_need_and_no_others_leave_the_log_quiet()
    {
        await using var bench = await StartAsync(
        [
            "meeting:read:meeting:admin", "meeting:read:list_meetings:admin", "meeting:write:meeting:admin",
            "meeting:update:meeting:admin", "meeting:delete:meeting:admin", "user:read:token:admin", "user:read:user:admin",
            "cloud_recording:read:list_recording_files:admin",
            "meeting:read:list_past_instances:admin", "meeting:read:list_past_participants:admin",
        ]);
        await GetAsync(bench);
        Assert.DoesNotContain(bench.Logs.Entries, entry =>
            entry.StartsWith("Error", StringComparison.Ordinal) || entry.StartsWith("Warning", StringComparison.Ordinal));
    }

    private Task<ZoomBench> StartAsync(string[]? scopes = null) =>
        ZoomBench.StartAsync(cloud, _time, options => scopes is null ? options : options with { Scopes = scopes });

    private static Task<string> GetAsync(ZoomBench bench) => bench.Tokens.GetAsync(bench.Account, Cancellation).AsTask();

    private static async Task<MeetingNumber> CreateAsync(ZoomBench bench) => MeetingNumber.From((await CreateAsync(bench, "First")).Id)!.Value;

    private static Task<ZoomMeeting> CreateAsync(ZoomBench bench, string topic) =>
        bench.Api.CreateMeetingAsync(bench.Account, "alice@acme.example", new ZoomMeetingChange { Topic = topic }, Cancellation);
}
