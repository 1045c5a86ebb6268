using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Tests.Docs;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Fuzzing;

/// <summary>Hundreds of requests to every function (thousands by script/fuzz) that nobody thought of: each gets an answer of its own, in time, and none is our error.</summary>
public sealed class FunctionFuzzTests(QuietCloud quiet) : IAsyncLifetime
{
    private const int Inputs = 400;

    /// <summary>Each can be withdrawn once.</summary>
    private const int Withdrawable = 50;

    /// <summary>Only what has no end of its own takes so long, however busy the machine is.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private OwnZoom _zoom = null!;
    private FunctionBench _bench = null!;
    private Contract _contract = null!;
    private RequestMutator _mutator = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _bench = await FunctionBench.StartAsync(quiet.Cloud, _zoom);
        _contract = new Contract((await _bench.App.As(Accounts.Bob).GetAsync("openapi.json")).Json);
        _mutator = new RequestMutator(_contract, await PrepareAsync(), quiet.Cloud.Secrets);
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task Whatever_a_function_is_sent_is_answered_in_time_and_is_not_our_error()
    {
        var calls = _contract.Operations.ToDictionary(call => (string)call.Operation["operationId"]!);
        Assert.Equal(_bench.Functions.Keys.Order(StringComparer.Ordinal), calls.Keys.Order(StringComparer.Ordinal));
        var wrong = new ConcurrentQueue<string>();
        foreach (var (function, (method, path, operation)) in calls)
        {
            var answered = 0;
            // A whole trail at each call takes its time.
            var inputs = Fuzz.Inputs(FunctionBench.ReadsWhole.Contains(function) ? Inputs / 50 : Inputs);
            var refusals = new ConcurrentDictionary<int, string>();
            await Parallel.ForAsync(0, inputs, Cancellation, async (number, cancellationToken) =>
            {
                var random = new Random(unchecked(Fuzz.Seed + (function.Sum(c => c) * 1_000_003) + number));
                var http = _mutator.Make(random, method, path, operation);
                var call = _bench.CallAsync(function, http, cancellationToken);
                if (await Task.WhenAny(call, Task.Delay(Limit, cancellationToken)) != call)
                {
                    Assert.Fail($"No answer. Seed {Fuzz.Seed}, number {number} of {function}: {await DescribeAsync(http)}");
                }

                var (status, took) = await call;
                if (status < StatusCodes.Status400BadRequest)
                {
                    Interlocked.Increment(ref answered);
                }
                else if (!refusals.ContainsKey(status))
                {
                    refusals[status] = await DescribeAsync(http);
                }

                if (status >= StatusCodes.Status500InternalServerError || took > Limit)
                {
                    wrong.Enqueue($"{status} after {took}, number {number}: {await DescribeAsync(http)}");
                }
            });
            Assert.True(
                answered >= Math.Max(1, inputs / 200),
                $"{function}: {answered} of {inputs} get through; so few test little. Of the others: {string.Join('\n', refusals.Values)}\n{Errors()}");
        }

        Assert.True(wrong.IsEmpty, $"Seed {Fuzz.Seed}; {wrong.Count}:\n{string.Join('\n', wrong.Take(20))}\n{Errors()}");
    }

    /// <summary>Lets storage and Zoom answer each kind of question once, and the last time that there is nothing.</summary>
    private async Task<Specimens> PrepareAsync()
    {
        var (alice, carol, erin) = (_bench.App.As(Accounts.Alice), _bench.App.As(Accounts.Carol), _bench.App.As(Accounts.Erin));
        var created = await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" });
        var second = (await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"];
        var number = created.Json["id"]!.ToString();
        var invited = await alice.PostAsync($"meetings/{number}/invitations", new JsonObject { ["organization"] = Accounts.Erin.OrganizationId });
        var invitation = (string)invited.Json["invitation"]!;
        await erin.GetAsync($"meetings/{number}", ("Meeting-Invitation", invitation));
        var withdrawable = new List<string>();
        for (var made = 0; made < Withdrawable; made++)
        {
            withdrawable.Add((string)(await carol.PostAsync($"meetings/{number}/invitations", new JsonObject { ["email"] = $"{made}@guest.example" })).Json["id"]!);
        }

        var revocations = new List<string>();
        for (var made = 0; made < Withdrawable; made++)
        {
            revocations.Add((string)(await carol.PostAsync("revocations", new JsonObject { ["session"] = $"fuzz-{made}", ["reason"] = "a test" })).Json["id"]!);
        }

        var eraser = _bench.App.As(Accounts.Carol, AccountExtensions.Eraser);
        var erasures = new List<string>();
        for (var made = 0; made < Withdrawable; made++)
        {
            erasures.Add((string)(await eraser.PostAsync("audit/erasures", new JsonObject { ["person"] = $"{made}@acme.example", ["reason"] = "a test" })).Json["id"]!);
        }

        await eraser.GetAsync("audit/erasures");
        foreach (var id in erasures)
        {
            await eraser.GetAsync($"audit/erasures/{id}");
        }

        await carol.GetAsync($"meetings/{number}/invitations");
        await alice.PostAsync($"meetings/{second}/end");
        await alice.DeleteAsync($"meetings/{second}");
        var list = await carol.GetAsync("meetings?pageSize=1");
        foreach (var one in (string[])[number, "85999999999"])
        {
            await carol.PatchAsync($"meetings/{one}", new JsonObject { ["topic"] = "Changed" });
            await carol.GetAsync($"meetings/{one}/recordings");
            await carol.GetAsync($"meetings/{one}/participants");
            await alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = one, ["role"] = 1 });
            await carol.GetAsync($"meetings/{one}");
        }

        await _bench.App.Services.GetRequiredService<CheckpointSigner>().SignAsync(Accounts.Carol.OrganizationId!, Cancellation);
        foreach (var call in (string[])
        [
            "audit?limit=1", "audit/summary", "audit/verification", "audit/checkpoints", "audit/findings", "audit/keys", "audit/records/1", "audit/records/1/proof",
            "audit/consistency?from=1", "health",
        ])
        {
            await carol.GetAsync(call);
        }

        return new Specimens(
            // Those who may do most, more often than others.
            [
                .. new[] { Accounts.Alice, Accounts.Carol, Accounts.Carol }.Concat(Accounts.All).Select(account => _bench.App.As(account).Token),
                _bench.App.As(Accounts.Alice, AccountExtensions.Unverified).Token,
                eraser.Token,
                eraser.Token,
            ],
            [number, "85999999999"],
            [invitation],
            withdrawable,
            [list.Json["cursor"]?.ToString() ?? "none"],
            revocations,
            erasures);
    }

    private string Errors() => string.Join('\n', _bench.Errors.Entries.Take(5));

    private static async Task<string> DescribeAsync(HttpContext http)
    {
        http.Response.Body.Position = 0;
        using var reader = new StreamReader(http.Response.Body, leaveOpen: true);
        return $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {string.Join(", ", http.Request.RouteValues)} is {await reader.ReadToEndAsync(Cancellation)}";
    }
}
