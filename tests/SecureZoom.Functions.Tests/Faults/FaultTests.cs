using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Faults;

/// <summary>
/// What the app answers while something that it depends on has a bad day is what <c>docs/faults.md</c> promises, whatever kind of day; it
/// recovers by itself; and what was accepted meanwhile is in the trail, once.
/// </summary>
public sealed class FaultTests(FaultCloud own) : IClassFixture<FaultCloud>
{
    /// <summary>All that is asked for, in the order of the table's columns.</summary>
    private static readonly IReadOnlyList<(string Name, Func<Surroundings, App, long, string, Task<Answer>> AskAsync)> Calls =
    [
        ("health", async (_, app, _, _) => await Answer.OfAsync(await app.Http.GetAsync("health", Cancellation))),
        ("me", (around, app, _, mark) => around.Carol(app, mark).GetAsync("me")),
        ("signature", (around, app, meeting, mark) => around.Carol(app, mark).PostAsync("signature", new JsonObject { ["meetingNumber"] = meeting, ["role"] = 0 })),
        ("read a meeting", (around, app, meeting, mark) => around.Carol(app, mark).GetAsync($"meetings/{meeting}")),
        ("list", (around, app, _, mark) => around.Carol(app, mark).GetAsync("meetings")),
        ("create", (around, app, _, mark) => around.Carol(app, mark).PostAsync("meetings", new JsonObject { ["topic"] = mark })),
        ("webhook", (around, app, _, mark) => around.TellAsync(app, mark)),
        ("trail", (around, app, _, mark) => around.Carol(app, mark).GetAsync("audit?limit=1")),
        ("checkpoints", (around, app, _, mark) => around.Carol(app, mark).GetAsync("audit/checkpoints")),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Surroundings.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_day_is_answered_as_promised_and_loses_nothing(string name) =>
        await Task.WhenAll(Enum.GetValues<Fault>().Select(fault => LiveThroughAsync(name, fault)));

    private async Task LiveThroughAsync(string name, Fault fault)
    {
        await using var around = await Surroundings.CreateAsync(own.Cloud);
        var time = new AdjustableTime();
        await using var app = await around.StartAsync(time);
        var meeting = await CreateAsync(around, app);
        // What an instance has at hand is not asked for again at once; a second page has a cursor, which has a key.
        await WellAsync(around, app, meeting);
        await WellAsync(around, app, meeting);

        around.Play(name, fault);
        var (running, starting) = Promises.Of(name, fault);
        var taken = await AskAsync(around, app, time, meeting, running);
        await using var started = await around.StartAsync(time);
        taken = [.. taken, .. await AskAsync(around, started, time, meeting, starting)];
        around.Play(name, null);

        // Whoever fails rests before it is asked again.
        time.Advance(TimeSpan.FromMinutes(1));
        await WellAsync(around, app, meeting);
        await WellAsync(around, started, meeting);
        foreach (var action in taken)
        {
            Assert.Single(await Wait.ForAsync("what was accepted", async () => await ReadAsync(action) is { Count: > 0 } records ? records : null));
        }
    }

    [Theory]
    [InlineData(5, "invalid_token", "stale_timestamp")]
    [InlineData(-5, "invalid_token", "stale_timestamp")]
    public async Task A_clock_that_jumps_refuses_calls_until_it_is_right_again(int hours, string token, string webhook)
    {
        await using var around = await Surroundings.CreateAsync(own.Cloud);
        var time = new AdjustableTime();
        await using var app = await around.StartAsync(time);
        var meeting = await CreateAsync(around, app);
        await WellAsync(around, app, meeting);

        time.Advance(TimeSpan.FromHours(hours));
        var me = await around.Carol(app, "me").GetAsync("me");
        Assert.Equal((HttpStatusCode.Unauthorized, token), (me.Status, me.Code));
        var told = await around.TellAsync(app, "faults.clock");
        Assert.Equal((HttpStatusCode.Unauthorized, webhook), (told.Status, told.Code));

        time.Advance(TimeSpan.FromHours(-hours));
        await WellAsync(around, app, meeting);
    }

    /// <summary>Asks everything at once until it is answered as promised: a machine that stands still for seconds may refuse more.</summary>
    /// <returns>The events that were accepted.</returns>
    private static async Task<IReadOnlyList<string>> AskAsync(Surroundings around, App app, AdjustableTime time, long meeting, string promised)
    {
        // What health has seen is good for some seconds, and what Zoom has said of a meeting.
        time.Advance(TimeSpan.FromSeconds(31));
        var taken = new List<string>();
        await Wait.ForAsync(promised, async () =>
        {
            var mark = $"faults.{Guid.NewGuid():N}";
            var answers = await Task.WhenAll(Calls.Select(async call => (call.Name, Answer: await call.AskAsync(around, app, meeting, mark))));
            if (answers.Single(answer => answer.Name == "webhook").Answer.Status == HttpStatusCode.OK)
            {
                taken.Add(mark);
            }

            var row = string.Join(" | ", answers.Select(answer => Cell(answer.Name, answer.Answer)));
            Assert.Equal(Promises.Calls, answers.Select(answer => answer.Name));
            var others = answers.Zip(promised.Split(" | ")).Where(both => Cell(both.First.Name, both.First.Answer) != both.Second);
            Assert.All(others, other => Assert.True(other.First.Answer.Status == HttpStatusCode.ServiceUnavailable, $"{row} instead of {promised}"));
            return row == promised ? row : null;
        });
        return taken;
    }

    private static async Task WellAsync(Surroundings around, App app, long meeting) => await Task.WhenAll(Calls.Select(call => Wait.ForAsync(
        $"{call.Name} to be well",
        async () => await call.AskAsync(around, app, meeting, "faults.well") is { Status: HttpStatusCode.OK or HttpStatusCode.Created } answer ? answer : null)));

    /// <summary>Several organisations that state a domain at once wait for each other, and one that waits too long is not trusted yet.</summary>
    private static async Task<long> CreateAsync(Surroundings around, App app) => (long)(await Wait.ForAsync("a meeting", async () =>
        await around.Carol(app, "before").PostAsync("meetings", new JsonObject { ["topic"] = "Before" }) is { Status: HttpStatusCode.Created } created ? created : null)).Json["id"]!;

    /// <returns>Null while whoever looks often is told to wait.</returns>
    private async Task<JsonArray?> ReadAsync(string action) =>
        (await own.Reader.As(Accounts.Olive).GetAsync($"audit?organization=unassigned&action={action}")).Json["records"]?.AsArray();

    /// <summary>As the table has it: the status, and of a refusal its code; a 503 or 429 says when to come again.</summary>
    private static string Cell(string call, Answer answer)
    {
        var (status, code) = ((int)answer.Status, answer.Code);
        Assert.True(call == "health" || status is not (503 or 429) || answer.Headers.RetryAfter is not null, $"{call}: {status} without Retry-After");
        return code is null ? $"{status}" : $"{status} `{code}`";
    }
}
