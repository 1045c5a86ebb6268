using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using Person = SecureZoom.Functions.Tests.Support.Person;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary><c>/api/audit/erasures</c>: seen for three days, withdrawn by whoever may ask for it, refused where it must be.</summary>
public sealed class ErasureCallsTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private ErasureBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Account Carol => Accounts.Carol.In(_bench.Organization);

    private Person Eraser => _bench.App.As(Carol, AccountExtensions.Eraser);

    public async ValueTask InitializeAsync()
    {
        _bench = await ErasureBench.StartAsync(queues.Cloud);
        await _bench.TellAsync();
    }

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task It_is_carried_out_after_72_hours_and_not_before()
    {
        var asked = await AskAsync(_bench.Email);
        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        Assert.Equal($"/api/audit/erasures/{asked.Json["id"]}", asked.Headers.Location!.ToString());
        Assert.Equal(("waiting", _bench.Email, Accounts.Carol.Name), ((string)asked.Json["state"]!, (string)asked.Json["person"]!, (string)asked.Json["by"]!));
        Assert.Single((await Eraser.GetAsync("audit/erasures")).Json["erasures"]!.AsArray());

        _bench.Time.Advance(TimeSpan.FromHours(72) - TimeSpan.FromMinutes(1));
        await _bench.RunAsync();
        Assert.All(await _bench.WithheldAsync(), Assert.Empty);

        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        await _bench.RunAsync();
        var done = await ViewAsync((string)asked.Json["id"]!);
        Assert.Equal(("watching", 4, 6), (done.State, done.Records, done.Parts));
        Assert.Null(done.Person);
        var record = (await _bench.ReadAsync()).Single(one => one.Action == AuditActions.AuditErased);
        Assert.Equal((Carol.Email, "She asked for it."), (record.Actor.Email, (string)record.Details!["note"]!));
        Assert.Equal([record.Sequence], done.Authorities);
    }

    [Fact]
    public async Task What_is_withdrawn_is_never_carried_out_whoever_puts_its_row_back()
    {
        var id = (string)(await AskAsync(_bench.Email)).Json["id"]!;
        var waiting = (await _bench.Table.GetEntityAsync<TableEntity>(".erasures", $"{_bench.Organization}:{id}", cancellationToken: Cancellation)).Value;
        Assert.Equal(HttpStatusCode.NoContent, (await Eraser.DeleteAsync($"audit/erasures/{id}")).Status);
        Assert.Equal((HttpStatusCode.Conflict, "erasure_begun"), Of(await Eraser.DeleteAsync($"audit/erasures/{id}")));
        await Wait.ForAsync("the withdrawal in the trail", async () => (await _bench.ReadAsync()).FirstOrDefault(record => record.Action == AuditActions.AuditErasureWithdrawn));
        await _bench.Table.UpsertEntityAsync(waiting, TableUpdateMode.Replace, Cancellation);

        _bench.Time.Advance(TimeSpan.FromHours(73));
        await _bench.RunAsync();

        Assert.All(await _bench.WithheldAsync(), Assert.Empty);
        Assert.Equal("withdrawn", (await ViewAsync(id)).State);
    }

    [Fact]
    public async Task Who_asks_again_while_it_is_open_is_told_of_the_first_by_whatever_name()
    {
        var first = await AskAsync(_bench.Email);
        foreach (var called in (string[])[_bench.Email, _bench.Email.ToUpperInvariant(), ErasureBench.Subject, _bench.Pseudonym])
        {
            var again = await AskAsync(called);
            Assert.Equal((HttpStatusCode.Accepted, (string?)first.Json["id"]), (again.Status, (string?)again.Json["id"]));
        }

        Assert.NotEqual((string?)first.Json["id"], (string?)(await AskAsync(ErasureBench.Bob.Email!)).Json["id"]);
        Assert.Equal(HttpStatusCode.NoContent, (await Eraser.DeleteAsync($"audit/erasures/{first.Json["id"]}")).Status);
        Assert.NotEqual((string?)first.Json["id"], (string?)(await AskAsync(_bench.Email)).Json["id"]);
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_is_first_and_the_others_are_told_of_it()
    {
        await AskAsync(ErasureBench.Bob.Email!);
        // None goes on before all have seen that nobody has asked.
        var (left, all) = (4, new TaskCompletionSource());
        _bench.Tap.Before = async operation =>
        {
            if (operation.Contains("$batch", StringComparison.Ordinal) && operation.Contains(".erasures", StringComparison.Ordinal))
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    all.SetResult();
                }

                await all.Task.WaitAsync(TimeSpan.FromMinutes(3), Cancellation);
            }
        };
        string[] called = [_bench.Email, _bench.Email, ErasureBench.Subject, "somebody@else.test"];
        var answers = await Task.WhenAll(called.Select(person => AskAsync(person)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        var ids = answers.Select(answer => (string?)answer.Json["id"]).ToList();
        Assert.Single(ids.Take(3).Distinct());
        Assert.NotEqual(ids[0], ids[3]);
        Assert.Equal(3, (await Eraser.GetAsync("audit/erasures")).Json["erasures"]!.AsArray().Count);
        var told = await Wait.ForAsync("what came of each", async () =>
            (await _bench.ReadAsync()).Where(record => record.Target?.Type == "erasure" && record.Outcome != "intent").ToList() is { Count: 5 } found ? found : null);
        Assert.Equal(2, told.Count(record => record is { Outcome: "failure", Reason: "already_requested" }));
        Assert.Superset(ids.ToHashSet(), told.Where(record => record.Outcome == "success").Select(record => record.Target!.Id).ToHashSet());
    }

    [Fact]
    public async Task Nobody_erases_himself_by_address_subject_or_pseudonym()
    {
        foreach (var called in (string[])[Carol.Email, Carol.Email.ToUpperInvariant(), Carol.Subject])
        {
            Assert.Equal((HttpStatusCode.Forbidden, "self_erasure"), Of(await AskAsync(called)));
        }

        // Under another address that the trail knows as theirs, at once; or, where it came to know later, before anything is destroyed.
        var issuer = new Uri(_bench.Cloud.Identity.Address, "/").AbsoluteUri;
        var id = (string)(await AskAsync("carol@old.example")).Json["id"]!;
        await _bench.AppendAsync(Story.Event(actor: _bench.Alice with { Issuer = issuer, Subject = Carol.Subject, Email = "carol@old.example" }, topic: null));
        Assert.Equal((HttpStatusCode.Forbidden, "self_erasure"), Of(await AskAsync("carol@old.example")));
        _bench.Time.Advance(TimeSpan.FromHours(73));
        await _bench.RunAsync();
        var refused = await ViewAsync(id);
        Assert.Equal(("refused", "self_erasure"), (refused.State, refused.Code));
        Assert.All(await _bench.WithheldAsync(), Assert.Empty);
    }

    [Fact]
    public async Task Who_is_no_address_is_somebody_who_has_signed_in_or_nobody()
    {
        await _bench.AppendAsync(Story.Event(actor: ErasureBench.Bob, topic: "Planning"));
        foreach (var called in (string[])["planning", "Ali", ErasureBench.Name, ErasureBench.ZoomId, "okta|acme|00unobody"])
        {
            Assert.Equal((HttpStatusCode.NotFound, "person_not_found"), Of(await AskAsync(called)));
        }

        Assert.Empty((await Eraser.GetAsync("audit/erasures")).Json["erasures"]!.AsArray());
        Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(ErasureBench.Subject)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(_bench.Pseudonym)).Status);
        var naming = await Eraser.PostAsync("audit/erasures", new JsonObject { ["person"] = ErasureBench.Subject, ["reason"] = $"{ErasureBench.Subject} asked for it." });
        Assert.Equal(HttpStatusCode.BadRequest, naming.Status);
    }

    [Fact]
    public async Task The_reason_names_the_person_by_no_name_that_the_trail_has()
    {
        var naming = await Eraser.PostAsync("audit/erasures", new JsonObject { ["person"] = _bench.Email, ["reason"] = $"{ErasureBench.Name} asked for it." });
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), Of(naming));
        Assert.DoesNotContain(ErasureBench.Name, naming.Json.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(_bench.Email)).Status);
    }

    [Fact]
    public async Task A_withdrawal_that_loses_the_race_is_on_record_as_one_that_failed_and_changes_nothing()
    {
        var id = (string)(await AskAsync(_bench.Email)).Json["id"]!;
        var isFirst = 1;
        _bench.Tap.Before = async operation =>
        {
            if (operation.StartsWith("PUT", StringComparison.Ordinal) && operation.Contains(id, StringComparison.Ordinal) && Interlocked.Exchange(ref isFirst, 0) == 1)
            {
                // Somebody else writes the row.
                var row = (await _bench.Table.GetEntityAsync<TableEntity>(".erasures", $"{_bench.Organization}:{id}", cancellationToken: Cancellation)).Value;
                await _bench.Table.UpsertEntityAsync(row, TableUpdateMode.Replace, Cancellation);
            }
        };
        Assert.Equal((HttpStatusCode.Conflict, "erasure_begun"), Of(await Eraser.DeleteAsync($"audit/erasures/{id}")));
        Assert.Equal(0, isFirst);
        var failed = await Wait.ForAsync("the failure in the trail", async () => (await _bench.ReadAsync()).FirstOrDefault(record => record.Outcome == "failure"));
        var intent = (await _bench.ReadAsync()).Single(record => record.Outcome == "intent" && record.Operation == failed.Operation);
        Assert.Equal(("audit.erasure_withdraw", "audit.erasure_withdraw"), (intent.Action, failed.Action));
        Assert.Contains(" set out to withdraw a person's erasure ", intent.Sentence, StringComparison.Ordinal);
        Assert.Contains(" could not withdraw a person's erasure (erasure begun) ", failed.Sentence, StringComparison.Ordinal);

        _bench.Time.Advance(TimeSpan.FromHours(73));
        await _bench.RunAsync();
        Assert.Equal(("watching", 4), ((await ViewAsync(id)).State, (await ViewAsync(id)).Records));
    }

    [Fact]
    public async Task Asking_and_withdrawing_are_on_record_before_and_after_under_one_operation_each()
    {
        var id = (string)(await AskAsync(_bench.Email)).Json["id"]!;
        await Eraser.DeleteAsync($"audit/erasures/{id}");
        await Wait.ForAsync("the withdrawal in the trail", async () => (await _bench.ReadAsync()).FirstOrDefault(record => record.Action == AuditActions.AuditErasureWithdrawn));
        var told = (await _bench.ReadAsync()).Where(record => record.Target?.Id?.ToString() == id).GroupBy(record => record.Operation).ToList();
        Assert.DoesNotContain(told, operation => operation.Key is null);
        Assert.Equal(
            [
                "audit.erasure_request intent, audit.erasure_requested success",
                "audit.erasure_withdraw intent, audit.erasure_withdrawn success",
            ],
            told.Select(operation => string.Join(", ", operation.Select(record => $"{record.Action} {record.Outcome}").Order())).Order());
    }

    [Theory]
    [InlineData("person")]
    [InlineData("range")]
    public async Task What_is_on_hold_is_refused_at_once_and_three_days_later(string on)
    {
        var waiting = (string)(await AskAsync(_bench.Email)).Json["id"]!;
        await _bench.Holds.AddAsync(
            _bench.Organization, on == "person" ? _bench.Email : null, on == "range" ? (2, 2) : null, "A court asks.", _bench.Operator, Cancellation);
        Assert.Equal((HttpStatusCode.Conflict, "legal_hold"), Of(await AskAsync(_bench.Email)));
        _bench.Time.Advance(TimeSpan.FromHours(73));
        await _bench.RunAsync();
        Assert.Equal("legal_hold", (await ViewAsync(waiting)).Code);
        Assert.All(await _bench.WithheldAsync(), Assert.Empty);
    }

    [Fact]
    public async Task Others_neither_see_nor_withdraw_it()
    {
        var id = (string)(await AskAsync(_bench.Email)).Json["id"]!;
        var other = _bench.App.As(Accounts.Dave.In(Story.NewOrganization()), AccountExtensions.Eraser);
        Assert.Empty((await other.GetAsync("audit/erasures")).Json["erasures"]!.AsArray());
        Assert.Equal((HttpStatusCode.NotFound, "erasure_not_found"), Of(await other.DeleteAsync($"audit/erasures/{id}")));
        Assert.Equal((HttpStatusCode.Forbidden, "insufficient_scope"), Of(await _bench.App.As(Carol).GetAsync("audit/erasures")));
    }

    [Theory]
    [InlineData("""{"person": "alice@acme.example"}""")]
    [InlineData("""{"person": " ", "reason": "x"}""")]
    [InlineData("""{"person": "alice@acme.example", "reason": "x\u0007"}""")]
    [InlineData("""{"person": "00u\u0000alice", "reason": "x"}""")]
    [InlineData("""{"person": "alice@acme.example", "reason": " "}""")]
    [InlineData("""{"person": "alice@acme.example", "reason": "Alice (ALICE@acme.example) asked for it."}""")]
    [InlineData("""{"person": "alice@acme.example", "reason": "x", "organization": "org_globex"}""")]
    public async Task What_is_malformed_or_names_the_person_on_record_is_a_400(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await Eraser.PostAsync("audit/erasures", JsonNode.Parse(body))).Status);

    /// <summary>What the answer would be to a token of that day.</summary>
    private async Task<ErasureView> ViewAsync(string id) => ErasureView.Of(
        (await _bench.App.Services.GetRequiredService<ErasureTable>().FindAsync(_bench.Organization, id, Cancellation))!.Value.Erasure);

    private Task<Answer> AskAsync(string person) =>
        Eraser.PostAsync("audit/erasures", new JsonObject { ["person"] = person, ["reason"] = "She asked for it." });

    private static (HttpStatusCode Status, string? Code) Of(Answer answer) => (answer.Status, answer.Code);
}
