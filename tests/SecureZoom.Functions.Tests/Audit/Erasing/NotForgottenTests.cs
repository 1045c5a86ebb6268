using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Operator;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>What <c>script/forget</c> leaves it names: what a hold stops, a meeting to come, and ended access that counts.</summary>
public sealed class NotForgottenTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private ErasureBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Account Alice => Accounts.Alice.In(_bench.Organization);

    public async ValueTask InitializeAsync() => _bench = await ErasureBench.StartAsync(queues.Cloud);

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task What_a_hold_stops_and_who_is_nobody_is_said_as_it_is()
    {
        await _bench.TellAsync();
        await _bench.Holds.AddAsync(_bench.Organization, person: null, (9, 20), "A court asks.", _bench.Operator, Cancellation);
        var isFirst = 1;
        _bench.Tap.Before = async operation =>
        {
            if (operation.StartsWith("PUT", StringComparison.Ordinal) && operation.Contains($"PartitionKey='{_bench.Organization}'", StringComparison.Ordinal) && Interlocked.Exchange(ref isFirst, 0) == 1)
            {
                await _bench.AppendAsync(Story.Event(actor: _bench.Alice, topic: null));
            }
        };
        Assert.Equal(
            [
                $"{_bench.Organization}: refused (person_not_found), and nothing is erased",
                $"{_bench.Organization}: stopped by a hold (legal_hold) after 6 parts of 4 records were erased, authorised by record 8",
                $"{_bench.Organization}: refused (legal_hold), and nothing is erased",
            ],
            [await TellAsync("planning"), await TellAsync(_bench.Email), await TellAsync(_bench.Email)]);

        async Task<string> TellAsync(string person)
        {
            var told = new StringWriter();
            var code = await Forget.RunAsync([person, "--organization", _bench.Organization, "--reason", "x"], () => new RunningApp(_bench.App.Services), told, Cancellation);
            Assert.True(code == 1, told.ToString());
            return told.ToString().Split(Environment.NewLine)[0];
        }
    }

    [Fact]
    public async Task A_clock_that_is_put_back_meanwhile_keeps_nobody()
    {
        await _bench.TellAsync();
        var isFirst = 1;
        _bench.Tap.Before = _ =>
        {
            if (Interlocked.Exchange(ref isFirst, 0) == 1)
            {
                _bench.Time.Advance(TimeSpan.FromMinutes(-1));
            }

            return Task.CompletedTask;
        };
        var done = await _bench.ForgetAsync();
        Assert.Equal((Erasure.Watching, 6, 4), (done.State, done.Parts, done.Records));
    }

    [Fact]
    public async Task A_meeting_that_is_not_over_stays_and_is_named()
    {
        var made = await _bench.App.As(Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Planning", ["start_time"] = "2031-01-01T12:00:00Z" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        _bench.Time.Advance(TimeSpan.FromMinutes(10));
        var told = new StringWriter();
        await Forget.RunAsync([Alice.Email, "--organization", _bench.Organization, "--reason", "x"], () => new RunningApp(_bench.App.Services), told, Cancellation);
        Assert.Contains($"stays: meeting {made.Json["id"]} is not over, and names them", told.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_revocation_that_was_lifted_is_gone_from_the_list_and_one_that_counts_is_named(bool isLifted)
    {
        var carol = _bench.App.As(Accounts.Carol.In(_bench.Organization));
        await _bench.App.As(Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Planning" });
        await Wait.ForAsync("her deed", async () => (await _bench.ReadAsync()).FirstOrDefault(record => record is { Action: "meeting.created", Outcome: "success" }));
        var revoked = await carol.PostAsync("revocations", new JsonObject { ["person"] = Alice.Email, ["reason"] = $"{Alice.Name} has left." });
        Assert.Equal(HttpStatusCode.Created, revoked.Status);
        if (isLifted)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await carol.DeleteAsync($"revocations/{revoked.Json["id"]}")).Status);
        }

        Assert.NotEmpty(await FindInListAsync());
        await Wait.ForAsync("it in the trail", async () => (await _bench.ReadAsync()).FirstOrDefault(record => record.Action == (isLifted ? "access.restored" : "access.revoked")));
        var told = new StringWriter();
        await Forget.RunAsync([Alice.Email, "--organization", _bench.Organization, "--reason", "x"], () => new RunningApp(_bench.App.Services), told, Cancellation);
        Assert.Equal(!isLifted, told.ToString().Contains("stays: ended access ", StringComparison.Ordinal));
        Assert.Equal(!isLifted, (await FindInListAsync()).Count > 0);
        Assert.Contains("stays: 1 record of access.revoked", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_out_stays_out_however_often_they_are_forgotten_until_that_is_lifted()
    {
        var access = _bench.App.Services.GetRequiredService<EndedAccessList>();
        var suspended = new EndedAccessChange(EndedAccessKind.Suspended, Ends: true, ErasureBench.Issuer, ErasureBench.Subject, _bench.Time.GetUtcNow())
        {
            Reach = _bench.Organization,
            Organization = _bench.Organization,
            Reason = "person.suspended",
            By = "okta",
        };
        await access.ApplyAsync([suspended], Cancellation);
        await _bench.AppendAsync(
            Story.Event(actor: _bench.Alice, topic: null),
            Story.Event(actor: ErasureBench.Bob, action: "person.suspended", source: "okta", topic: null, details: new JsonObject
            {
                ["target"] = new JsonObject { ["email"] = _bench.Email, ["subject"] = ErasureBench.Subject },
                ["access"] = RecordedAccess.Write([suspended]),
            }));
        await _bench.ForgetAsync();
        // What is erased says nothing of her account any more.
        var again = await _bench.ForgetAsync();
        Assert.Equal([[0], []], (await _bench.WithheldAsync()).Take(2));
        Assert.Contains("their access has ended and stays so: what says it is in force", again.Kept);

        await access.ApplyAsync([suspended with { Ends = false, At = suspended.At.AddSeconds(1) }], Cancellation);
        var lifted = await _bench.ForgetAsync();
        Assert.Equal(1, lifted.Records);
        Assert.Contains(lifted.Kept, why => why.Contains("is remembered until", StringComparison.Ordinal));
    }

    /// <summary>The rows of the list of ended access that name her, in her organisation.</summary>
    private async Task<IReadOnlyList<string>> FindInListAsync()
    {
        var own = await new TableClient(queues.Cloud.Storage.ConnectionString, "access")
            .QueryAsync<TableEntity>(row => row.PartitionKey == "people", cancellationToken: Cancellation)
            .Where(row => row.GetString("Organization") == _bench.Organization).Select(row => row.RowKey).ToListAsync(Cancellation);
        var places = new List<string>();
        foreach (var word in (string[])[Alice.Name, Alice.Email, Alice.Subject])
        {
            places.AddRange(await StorageSearch.FindAsync(queues.Cloud, word));
        }

        return [.. places.Where(place => own.Any(key => place.StartsWith($"access people {key} ", StringComparison.Ordinal)))];
    }
}
