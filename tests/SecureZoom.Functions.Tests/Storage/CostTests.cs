using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using Person = SecureZoom.Functions.Tests.Support.Person;

namespace SecureZoom.Functions.Tests.Storage;

/// <summary>How many storage operations things cost is what <c>tests/vectors/operations.json</c> says, from which <c>docs/cost.md</c> is computed.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class CostTests(TappedApp tapped) : IClassFixture<TappedApp>
{
    private long _number;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("join")]
    [InlineData("join in one call")]
    [InlineData("webhook")]
    [InlineData("webhook of a status")]
    public async Task One_costs_what_the_list_says(string what)
    {
        await CreateAsync();
        Func<Task> act = what switch
        {
            "join" => JoinAsync,
            "join in one call" => () => SignWithMeetingAsync(tapped.App.As(Accounts.Bob)),
            "webhook" => () => DeliverAsync("meeting.participant_joined"),
            _ => () => DeliverAsync("meeting.started"),
        };
        // The first reads secrets, keys and the trail's head, which then are at hand; a meeting that nobody has joined is not.
        await act();
        await CreateAsync();
        var before = tapped.Sent.Count;

        await act();
        await tapped.WhenDoneAsync();

        // The timer strikes when it likes, and so does what is kept at hand, for no call.
        var requests = tapped.Sent.Skip(before).Where(request => request.Cause is not (null or "audit-checkpoint"));
        var counted = requests
            .GroupBy(request => request.Place.Split(' ')[0])
            .OrderBy(service => service.Key, StringComparer.Ordinal)
            .ToDictionary(service => service.Key, service => service.Count());
        OperationsList.AssertHas(what, counted);
    }

    [Fact]
    public async Task A_join_among_many_costs_no_more_than_the_list_says()
    {
        const int Callers = 64;
        const int Rounds = 8;
        await CreateAsync();
        await SignWithMeetingAsync(tapped.App.As(Accounts.Bob));
        await tapped.WhenDoneAsync();
        var before = tapped.Sent.Count;

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Callers), new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = Cancellation }, async (caller, _) =>
            {
                var person = tapped.App.As(Accounts.Bob, new TokenOverrides(Claims: new JsonObject { ["sub"] = $"auth0|caller{caller}" }));
                for (var round = 0; round < Rounds; round++)
                {
                    await SignWithMeetingAsync(person);
                }
            });
        await tapped.WhenDoneAsync();

        // With what is read ahead, and the trail's transactions; the timer strikes for no call.
        var operations = tapped.Sent.Skip(before).Where(request => request.Cause != "audit-checkpoint").ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(
            ", ", operations.CountBy(request => request.Place).Select(place => $"{place.Key}: {place.Value / (double)(Callers * Rounds):F3}")));
        var most = (double)OperationsList.Part("join among 64")["most"]!;
        Assert.InRange(operations.Count / (double)(Callers * Rounds), 1.0 / Callers, most);
    }

    private async Task CreateAsync()
    {
        var created = await tapped.App.As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Planning", ["duration"] = 60 });
        _number = (long)created.Json["id"]!;
        await tapped.WhenDoneAsync();
    }

    /// <summary>The passcode, then the signature; one after the other, since their records would share a transaction if they met.</summary>
    private async Task JoinAsync()
    {
        Assert.Equal(HttpStatusCode.OK, (await tapped.App.As(Accounts.Bob).GetAsync($"meetings/{_number}")).Status);
        await tapped.WhenDoneAsync();
        var signed = await tapped.App.As(Accounts.Bob).PostAsync("signature", new JsonObject { ["meetingNumber"] = _number });
        Assert.Equal(HttpStatusCode.OK, signed.Status);
    }

    private async Task SignWithMeetingAsync(Person person)
    {
        var joined = await person.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number, ["include"] = "meeting" });
        Assert.True(joined.Status == HttpStatusCode.OK, joined.Text);
        Assert.NotNull(joined.Json["meeting"]!["password"]);
    }

    private async Task DeliverAsync(string name)
    {
        var webhook = new JsonObject
        {
            ["event"] = name,
            ["payload"] = new JsonObject { ["object"] = new JsonObject { ["id"] = $"{_number}", ["uuid"] = Guid.NewGuid().ToString() } },
        };
        Assert.Equal((int)HttpStatusCode.OK, await tapped.Cloud.Zoom.SendAsync(webhook, Cancellation));
    }
}
