using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>Whoever joins what others join waits for neither storage nor Zoom; and nobody gets by that what is not theirs, or no more.</summary>
public sealed class JoiningTogetherTests(QuietCloud quiet) : IAsyncLifetime
{
    private readonly Account _alice = Accounts.Alice.In($"org_together_{Guid.NewGuid():N}").As("zoom-admins");
    private readonly Account _dave = Accounts.Dave.In($"org_apart_{Guid.NewGuid():N}").As("zoom-admins");
    private readonly StorageTap _storage = new();
    private readonly AdjustableTime _time = new();
    private OwnZoom _zoom = null!;
    private App _app = null!;
    private string _number = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Person Alice => _app.As(_alice);

    private Person Bob => _app.As(Accounts.Bob.In(_alice.OrganizationId!));

    private int ReadAtZoom => _zoom.Count(HttpMethod.Get, "/v2/meetings/");

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zoom.Settings, services =>
        {
            services.AddSingleton<TimeProvider>(_time);
            _storage.Tap(services, quiet.Cloud);
        });
        _number = await CreateAsync(Alice, "Together");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task The_second_reads_nothing_until_ten_seconds_are_over()
    {
        await JoinAsync(Alice);
        Assert.Equal((0, 1), await ReadsOfJoiningAsync());
        _time.Advance(RecentMeetings.Age);
        Assert.Equal((2, 1), await ReadsOfJoiningAsync());
        _time.Advance(MeetingReadings.Age);
        Assert.Equal((2, 2), await ReadsOfJoiningAsync());
    }

    [Fact]
    public async Task Another_organisation_s_meeting_that_is_at_hand_costs_what_one_costs_that_nobody_has()
    {
        await JoinAsync(Alice);
        await JoinAsync(Bob);
        var dave = _app.As(_dave);
        await dave.PostAsync("signature", Join("85999999998"));
        var none = await dave.PostAsync("signature", Join("85999999998"));
        var other = await dave.PostAsync("signature", Join(_number));
        Assert.Equal(("meeting_not_found", none.WithoutTraceId()), (other.Code, other.WithoutTraceId()));
        var operations = OperationsOf(other, _number);
        Assert.Equal(2, operations.Length);
        Assert.Equal(OperationsOf(none, "85999999998"), operations);
    }

    [Fact]
    public async Task What_is_changed_here_shows_to_the_next()
    {
        await JoinAsync(Alice);
        var passcode = (string?)(await Alice.PostAsync($"meetings/{_number}/passcode")).Json["password"];
        Assert.Equal(passcode, (string?)(await JoinAsync(Bob))["password"]);
        Assert.Equal(HttpStatusCode.OK, (await Alice.PatchAsync($"meetings/{_number}", new JsonObject { ["topic"] = "Renamed" })).Status);
        Assert.Equal("Renamed", (string?)(await JoinAsync(Bob))["topic"]);
        await _zoom.LetAsync("start", _number);
        var asked = ReadAtZoom;
        await JoinAsync(Bob);
        Assert.Equal(asked, ReadAtZoom);
        await Alice.PostAsync($"meetings/{_number}/end");
        await JoinAsync(Bob);
        Assert.Equal(asked + 1, ReadAtZoom);
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync($"meetings/{_number}")).Status);
        // Without the meeting, so that it is not Zoom who says so.
        Assert.Equal("meeting_not_found", (await Bob.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number })).Code);
    }

    [Fact]
    public async Task What_another_instance_changes_shows_within_ten_seconds()
    {
        await using var other = await App.StartAsync(quiet.Cloud, _zoom.Settings);
        await JoinAsync(Alice);
        var passcode = (string?)(await other.As(_alice).PostAsync($"meetings/{_number}/passcode")).Json["password"];
        Assert.NotEqual(passcode, (string?)(await JoinAsync(Bob))["password"]);
        // Whoever reads the meeting looks into storage, which tells that Zoom has to be asked.
        Assert.Equal(passcode, (string?)(await Bob.GetAsync($"meetings/{_number}")).Json["password"]);
        Assert.Equal(HttpStatusCode.NoContent, (await other.As(_alice).DeleteAsync($"meetings/{_number}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Bob.PostAsync("signature", Join(_number))).Status);
        _time.Advance(RecentMeetings.Age);
        Assert.Equal("meeting_not_found", (await Bob.PostAsync("signature", Join(_number))).Code);
    }

    [Fact]
    public async Task A_number_that_Zoom_gives_to_another_organisation_meanwhile_tells_nothing_of_its_meeting()
    {
        await using var other = await App.StartAsync(quiet.Cloud, _zoom.Settings);
        Assert.Equal(HttpStatusCode.OK, (await Bob.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number })).Status);
        await _zoom.LetAsync("give-again", _number);
        Assert.Equal(_number, await CreateAsync(other.As(_dave), "Secret of the second"));
        Assert.Equal("meeting_not_found", (await Bob.PostAsync("signature", Join(_number))).Code);
        Assert.Equal("Secret of the second", (string?)(await JoinAsync(_app.As(_dave)))["topic"]);
        Assert.Equal("meeting_not_found", (await Bob.PostAsync("signature", Join(_number))).Code);
    }

    [Fact]
    public async Task Who_looks_while_a_meeting_is_written_down_hides_it_from_nobody_who_looks_afterwards()
    {
        var registry = _app.Services.GetRequiredService<MeetingRegistry>();
        Assert.True(MeetingNumber.TryParse(_number, spaced: false, out var number) & MeetingNumber.TryParse("85999999997", spaced: false, out var next));
        var meeting = (await registry.FindAsync(_alice.OrganizationId!, number, Cancellation))! with { Number = next, Registration = Guid.NewGuid().ToString("N") };
        var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The account's row is written when somebody has looked for it; what that somebody finds in the organisation's comes late.
        var early = 0;
        Task<RegisteredMeeting?>? first = null;
        _storage.Before = operation => operation.StartsWith("GET", StringComparison.Ordinal) && operation.Contains("/meetings(", StringComparison.Ordinal)
            && operation.Contains(_alice.OrganizationId!, StringComparison.Ordinal) && Interlocked.Increment(ref early) == 1
                ? looked.Task
                : operation.StartsWith("PUT", StringComparison.Ordinal) && operation.Contains("85999999997", StringComparison.Ordinal)
                    ? LookAsync()
                    : Task.CompletedTask;
        await registry.AddAsync(meeting, _time.GetUtcNow(), Cancellation);
        var second = registry.FindToJoinAsync(_alice.OrganizationId!, next, Cancellation);
        looked.SetResult();
        // Nothing, as a rule, or the meeting where its read was slower than the write.
        await first!;
        Assert.Equal(meeting.Registration, (await second)?.Registration);

        async Task LookAsync()
        {
            first = registry.FindToJoinAsync(_alice.OrganizationId!, next, Cancellation);
            await Wait.ForAsync("the account's row to be looked for", () => Task.FromResult(_storage.Count("GET", "/meetings(", "85999999997") >= 3 ? "" : null));
        }
    }

    [Fact]
    public async Task One_reading_serves_all_who_wait_for_it_and_who_leaves_takes_it_from_nobody()
    {
        // Each attempt at the one reading, until all of them are let go.
        _zoom.Zoom.Faults.Add(new Fault($"/v2/meetings/{_number}", 0, Times: 3, DelayMs: -1));
        using var leaving = new CancellationTokenSource();
        using var call = new HttpRequestMessage(HttpMethod.Get, $"meetings/{_number}");
        call.Headers.Add("Authorization", $"Bearer {Bob.Token}");
        var left = _app.Http.SendAsync(call, leaving.Token);
        await Wait.ForAsync("Zoom to be asked", () => Task.FromResult(ReadAtZoom >= 1 ? "" : null));
        var others = Enumerable.Range(0, 20).Select(_ => JoinAsync(Bob)).ToList();
        await leaving.CancelAsync();
        // On a machine that stands still for seconds it had been told already that Zoom does not answer.
        await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _zoom.Zoom.Faults.Clear();
        Assert.Single((await Task.WhenAll(others)).Select(meeting => (string?)meeting["password"]).Distinct());
        // On a slow machine the one reading is repeated, twice at the most.
        Assert.InRange(ReadAtZoom, 1, 3);
    }

    [Fact]
    public async Task A_reading_that_failed_is_nobody_s_after()
    {
        _zoom.Zoom.Faults.Add(new Fault($"/v2/meetings/{_number}", 429));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Bob.PostAsync("signature", Join(_number))).Status);
        await JoinAsync(Bob);
    }

    private static JsonObject Join(string number) => new() { ["meetingNumber"] = number, ["include"] = "meeting" };

    private static async Task<string> CreateAsync(Person person, string topic) =>
        (await person.PostAsync("meetings", new JsonObject { ["topic"] = topic })).Json["id"]!.ToString();

    /// <returns>The meeting that came with the signature.</returns>
    private async Task<JsonNode> JoinAsync(Person person)
    {
        var joined = await person.PostAsync("signature", Join(_number));
        Assert.True(joined.Status == HttpStatusCode.OK, joined.Text);
        return joined.Json["meeting"]!;
    }

    /// <summary>How many rows a further join has read, and how often Zoom was asked for the meeting so far.</summary>
    private async Task<(int Rows, int AtZoom)> ReadsOfJoiningAsync()
    {
        var before = _storage.Count("GET", "/meetings(", _number);
        await JoinAsync(Bob);
        return (_storage.Count("GET", "/meetings(", _number) - before, ReadAtZoom);
    }

    private string[] OperationsOf(Answer answer, string number) => _storage.Of((string)answer.Json["traceId"]!, number);
}
