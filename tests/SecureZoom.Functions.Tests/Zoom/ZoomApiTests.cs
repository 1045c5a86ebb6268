using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Functions.Tests.Zoom;

/// <summary>What Zoom's refusals and silences become, what is repeated, and how long it takes at the most.</summary>
public sealed class ZoomApiTests(Cloud cloud) : IAsyncLifetime
{
    private static readonly MeetingNumber Number = MeetingNumber.From(85_012_345_678)!.Value;

    private ZoomBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await ZoomBench.StartAsync(cloud);

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData(404, ZoomError.NotFound)]
    [InlineData(409, ZoomError.Conflict)]
    [InlineData(400, ZoomError.Refused)]
    [InlineData(422, ZoomError.Refused)]
    [InlineData(429, ZoomError.RateLimited)]
    [InlineData(401, ZoomError.BadGateway)]
    [InlineData(403, ZoomError.BadGateway)]
    [InlineData(418, ZoomError.BadGateway)]
    [InlineData(302, ZoomError.BadGateway)]
    [InlineData(500, ZoomError.Unavailable)]
    [InlineData(503, ZoomError.Unavailable)]
    public async Task Each_status_has_a_meaning_and_none_shows_Zoom_s_text(int status, ZoomError meaning)
    {
        _bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", status, Times: 3));
        var failure = await Assert.ThrowsAsync<ZoomException>(() => GetAsync());
        Assert.Equal(meaning, failure.Error);
        Assert.DoesNotContain("sandbox", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meeting_in_progress_cannot_be_deleted_and_that_is_a_conflict()
    {
        var meeting = await CreateAsync();
        await _bench.Own.LetAsync("start", meeting.ToString());
        var failure = await Assert.ThrowsAsync<ZoomException>(() => _bench.Api.DeleteMeetingAsync(_bench.Account, meeting, Cancellation));
        Assert.Equal(ZoomError.Conflict, failure.Error);
    }

    [Fact]
    public async Task A_missing_scope_is_ours_to_mend()
    {
        await using var bench = await ZoomBench.StartAsync(cloud, change: options => options with { Scopes = ["meeting:read:admin"] });
        var failure = await Assert.ThrowsAsync<ZoomException>(() => bench.Api.DeleteMeetingAsync(bench.Account, Number, Cancellation));
        Assert.Equal(ZoomError.BadGateway, failure.Error);
    }

    [Fact]
    public async Task A_refused_value_is_named_without_Zoom_s_text()
    {
        var failure = await Assert.ThrowsAsync<ZoomException>(() => _bench.Api.CreateMeetingAsync(
            _bench.Account, "alice@acme.example", new ZoomMeetingChange { Topic = new string('x', 201), Duration = -1 }, Cancellation));
        Assert.Equal(["topic", "duration"], failure.Fields);
        Assert.DoesNotContain("characters", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData(null, 60)]
    [InlineData("soon", 60)]
    [InlineData("-5", 60)]
    [InlineData("0", 1)]
    [InlineData("99999999", 86400)]
    [InlineData("99999999999", 60)]
    [InlineData("2001-01-01T00:00:00Z", 1)]
    [InlineData("2999-01-01T00:00:00Z", 86400)]
    public async Task A_rate_limit_tells_how_long_to_wait_whatever_Zoom_says(string? retryAfter, int seconds)
    {
        _bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", 429, RetryAfter: retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(seconds), (await Assert.ThrowsAsync<ZoomException>(() => GetAsync())).RetryAfter);
        Assert.Equal(1, _bench.Own.Count(HttpMethod.Get, "/v2/meetings/"));
    }

    [Theory]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss'Z'")]
    [InlineData("r")]
    public async Task A_rate_limit_may_name_a_moment(string form)
    {
        var then = DateTimeOffset.UtcNow.AddMinutes(10).ToString(form, CultureInfo.InvariantCulture);
        _bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", 429, RetryAfter: then));
        var wait = (await Assert.ThrowsAsync<ZoomException>(() => GetAsync())).RetryAfter;
        Assert.InRange(wait!.Value.TotalSeconds, 590, 600);
    }

    [Fact]
    public void The_daily_limit_ends_with_the_day()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        response.Headers.Add("X-RateLimit-Type", "Daily-limit");
        var wait = ZoomRetryAfter.From(response, ZoomLimit.Unknown, TimeProvider.System);
        Assert.Equal(DateTime.UtcNow.Date.AddDays(1), DateTime.UtcNow + wait!.Value, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Only_what_is_safe_to_repeat_is_repeated()
    {
        var meeting = await CreateAsync();
        foreach (var (method, path, attempts, call) in Calls(meeting))
        {
            var before = _bench.Own.Count(method, path);
            _bench.Own.Zoom.Faults.Add(new Fault(path, 500, Times: 10, Method: method.Method));
            Assert.Equal(ZoomError.Unavailable, (await Assert.ThrowsAsync<ZoomException>(call)).Error);
            _bench.Own.Zoom.Faults.Clear();
            Assert.Equal(attempts, _bench.Own.Count(method, path) - before);
        }
    }

    [Fact]
    public async Task A_call_that_may_be_repeated_gets_over_two_failures()
    {
        var meeting = await CreateAsync();
        _bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", 502, Times: 2));
        Assert.Equal(meeting.Value, (await _bench.Api.GetMeetingAsync(_bench.Account, meeting, Cancellation)).Id);
    }

    [Fact]
    public async Task Everybody_has_an_answer_in_time_from_a_Zoom_that_hangs()
    {
        using var halfAnswering = new TcpListener(IPAddress.Loopback, 0);
        halfAnswering.Start();
        var serving = AnswerHalfAsync(halfAnswering);
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)halfAnswering.LocalEndpoint).Port}/v2/");
        await using var half = await ZoomBench.StartAsync(cloud, api: address);
        await using var tokenless = await ZoomBench.StartAsync(cloud);
        tokenless.Own.Zoom.Faults.Add(new Fault("/oauth/token", 0, Times: 100, DelayMs: -1));
        _bench.Own.Zoom.Faults.Add(new Fault("/v2/", 0, Times: 100, DelayMs: -1));
        Func<Task>[] calls =
        [
            () => GetAsync(),
            () => CreateAsync(),
            () => _bench.Api.UpdateMeetingAsync(_bench.Account, Number, new ZoomMeetingChange { Topic = "T" }, Cancellation),
            () => GetAsync(half),
            () => GetAsync(tokenless),
        ];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(calls.Select(async call =>
            Assert.Equal(ZoomError.Unavailable, (await Assert.ThrowsAsync<ZoomException>(call)).Error)));
        // Ten seconds, and what a busy machine adds.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"It took {watch.Elapsed}.");
        halfAnswering.Stop();
        await serving;
    }

    [Fact]
    public async Task A_change_that_Zoom_took_is_no_failure_when_it_cannot_be_read_back()
    {
        var meeting = await CreateAsync();
        _bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", 500, Times: 3, Method: "GET"));
        Assert.Null(await _bench.Api.UpdateMeetingAsync(_bench.Account, meeting, new ZoomMeetingChange { Topic = "Changed" }, Cancellation));
        Assert.Equal("Changed", (await _bench.Api.GetMeetingAsync(_bench.Account, meeting, Cancellation)).Topic);
    }

    [Fact]
    public async Task The_circuit_breaks_under_an_outage_and_closes_after_it()
    {
        var meeting = await CreateAsync();
        _bench.Own.Zoom.Faults.Add(new Fault("/v2/meetings/", 500, Times: 10_000));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Assert.ThrowsAsync<ZoomException>(() => GetAsync())));
        var reached = _bench.Own.Count(HttpMethod.Get, "/v2/meetings/");
        Assert.Equal(ZoomError.Unavailable, (await Assert.ThrowsAsync<ZoomException>(() => GetAsync())).Error);
        Assert.Equal(reached, _bench.Own.Count(HttpMethod.Get, "/v2/meetings/"));

        _bench.Own.Zoom.Faults.Clear();
        var found = await Wait.ForAsync("the circuit to close", async () =>
        {
            try
            {
                return await _bench.Api.GetMeetingAsync(_bench.Account, meeting, Cancellation);
            }
            catch (ZoomException)
            {
                return null;
            }
        });
        Assert.Equal(meeting.Value, found.Id);
    }

    [Theory]
    [InlineData("../meetings/85012345678")]
    [InlineData("a/b@acme.example")]
    [InlineData("a?type=zak&b@acme.example")]
    [InlineData("a#b@acme.example")]
    [InlineData("a%2F..%2Fb@acme.example")]
    [InlineData("a;b@acme.example")]
    public async Task A_user_s_id_never_leaves_its_place_in_the_path(string user)
    {
        var failure = await Assert.ThrowsAsync<ZoomException>(() => _bench.Api.GetZakAsync(_bench.Account, user, Cancellation));
        Assert.Equal(ZoomError.NotFound, failure.Error);
        var asked = Assert.Single(_bench.Own.Zoom.Requests.All, request => request.Method == "GET");
        Assert.StartsWith("/v2/users/", asked.Path, StringComparison.Ordinal);
        Assert.EndsWith("/token", asked.Path, StringComparison.Ordinal);
        Assert.Equal(4, asked.Path.Count(c => c == '/'));
        Assert.Equal("?type=zak", asked.Query);
    }

    private IEnumerable<(HttpMethod Method, string Path, int Attempts, Func<Task> Call)> Calls(MeetingNumber meeting)
    {
        var change = new ZoomMeetingChange { Topic = "T" };
        yield return (HttpMethod.Post, "/v2/users/", 1, () => CreateAsync());
        yield return (HttpMethod.Patch, $"/v2/meetings/{meeting}", 1, () => _bench.Api.UpdateMeetingAsync(_bench.Account, meeting, change, Cancellation));
        yield return (HttpMethod.Get, $"/v2/meetings/{meeting}", 3, () => _bench.Api.GetMeetingAsync(_bench.Account, meeting, Cancellation));
        yield return (HttpMethod.Get, "/v2/users/", 3, () => _bench.Api.GetZakAsync(_bench.Account, "alice@acme.example", Cancellation));
        yield return (HttpMethod.Put, $"/v2/meetings/{meeting}", 3, () => _bench.Api.EndMeetingAsync(_bench.Account, meeting, Cancellation));
        yield return (HttpMethod.Delete, $"/v2/meetings/{meeting}", 3, () => _bench.Api.DeleteMeetingAsync(_bench.Account, meeting, Cancellation));
    }

    private Task<ZoomMeeting> GetAsync(ZoomBench? bench = null) =>
        (bench ?? _bench).Api.GetMeetingAsync((bench ?? _bench).Account, Number, Cancellation);

    private async Task<MeetingNumber> CreateAsync()
    {
        var created = await _bench.Api.CreateMeetingAsync(
            _bench.Account, "alice@acme.example", new ZoomMeetingChange { Topic = "T" }, Cancellation);
        return MeetingNumber.From(created.Id)!.Value;
    }

    /// <summary>Answers with headers that promise a body, and never sends it.</summary>
    private static async Task AnswerHalfAsync(TcpListener listener)
    {
        var head = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
        var clients = new List<TcpClient>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(Cancellation);
                clients.Add(client);
                await client.GetStream().WriteAsync(head, Cancellation);
            }
        }
        catch (SocketException)
        {
            // Stopped.
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }
}
