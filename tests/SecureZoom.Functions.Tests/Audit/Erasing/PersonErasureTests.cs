using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>A person is erased: what names them is gone, everything else is as it was, and the trail is proved all the same.</summary>
public sealed class PersonErasureTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private ErasureBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await ErasureBench.StartAsync(queues.Cloud);

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_person_is_erased_wherever_the_trail_knows_them_and_nobody_else_is()
    {
        await _bench.TellAsync();
        var before = await _bench.ReadAsync();
        var erasure = await _bench.ForgetAsync();

        Assert.Equal((Erasure.Watching, 6, 4), (erasure.State, erasure.Parts, erasure.Records));
        Assert.Equal([7], erasure.Authorities);
        Assert.Equal([[0, 1], [1], [0, 1], [], [0], [], []], await _bench.WithheldAsync());
        var after = await _bench.ReadAsync();
        Assert.StartsWith("[erased] (Acme Corp) created ", after[0].Sentence, StringComparison.Ordinal);
        Assert.Equal([7], after[0].ErasedBy!);
        Assert.True(after[0].Actor.Erased);
        Assert.Equal(before[3].Sentence, after[3].Sentence);
        Assert.Equal(before[5].Sentence, after[5].Sentence);
        Assert.Equal(("[erased]", before[1].Actor.Email), (AuditRow.Of(after[0])[4], after[1].Actor.Email));
        Assert.Equal("\"script/forget by root\" erased a person: 6 parts of 4 records", after[6].Sentence.Split(" at ")[0]);
    }

    [Fact]
    public async Task The_trail_is_unbroken_and_says_what_is_erased_on_whose_authority()
    {
        await _bench.TellAsync();
        Assert.True((await _bench.SignAndVerifyAsync()).Valid);
        await _bench.ForgetAsync();
        var verdict = await _bench.SignAndVerifyAsync();
        Assert.Empty(verdict.Problems);
        Assert.Equal((6, 4), (verdict.Erased.Parts, verdict.Erased.Records));
        Assert.Equal(7, Assert.Single(verdict.Erased.By).Sequence);
        Assert.True(verdict.Erased.AreProved);
        var (stored, proof) = (await _bench.Trail.Trail.ReadAsync(_bench.Organization, 1, Cancellation), await _bench.Trail.Proofs.ProveAsync(_bench.Organization, 1, Cancellation));
        var keys = (await _bench.Trail.Keys.ReadTrustedAsync(Cancellation)).Pins;
        Assert.NotNull(proof!.Verify(stored!.Line!.Record.LeafHash(), TrailBench.Options.LogOf(_bench.Organization), [.. VerifierKey.All(keys)]));
    }

    [Theory]
    [InlineData("subject")]
    [InlineData("pseudonym")]
    [InlineData("address in capitals")]
    public async Task A_person_is_found_by_whatever_names_them(string called)
    {
        await _bench.TellAsync();
        var erasure = await _bench.ForgetAsync(called switch { "subject" => ErasureBench.Subject, "pseudonym" => _bench.Pseudonym, _ => _bench.Email.ToUpperInvariant() });
        Assert.Equal((6, 4), (erasure.Parts, erasure.Records));
    }

    [Fact]
    public async Task A_word_that_the_trail_knows_no_sign_in_by_is_nobody_for_operators_either()
    {
        await _bench.TellAsync();
        Assert.Equal("person_not_found", (await Assert.ThrowsAsync<ErasureException>(() => _bench.ForgetAsync("planning"))).Code);
        Assert.Empty(await _bench.App.Services.GetRequiredService<PersonSearch>().FindTrailsAsync("planning", Cancellation));
        Assert.All(await _bench.WithheldAsync(), Assert.Empty);
    }

    [Fact]
    public async Task Nobody_erases_themselves_as_an_operator_either()
    {
        await _bench.TellAsync();
        var her = new AuditActor { Type = "system", Name = $"script/forget by {_bench.Email.ToUpperInvariant()} (signed in at Azure, 6b2a4e0c)" };
        foreach (var called in (string[])[_bench.Email, ErasureBench.Subject])
        {
            var refused = await Assert.ThrowsAsync<ErasureException>(() => _bench.Erasure.ForgetAsync(_bench.Organization, called, "x", her, Cancellation));
            Assert.Equal(ErasureError.Oneself, refused.Error);
        }

        Assert.All(await _bench.WithheldAsync(), Assert.Empty);
    }

    [Fact]
    public async Task What_guests_say_of_themselves_makes_nobody_else_the_person()
    {
        // Somebody who joins as her, with an id at Zoom of their own; and another who is called so.
        await _bench.AppendAsync(
            Story.Event(actor: _bench.Alice, topic: null),
            Story.Event(action: "meeting.participant_joined", source: "zoom", actor: new() { Type = "participant", Name = "Mallory", Email = _bench.Email }, topic: null),
            Story.Event(actor: ErasureBench.Bob with { Name = ErasureBench.Name }, topic: null),
            Story.Event(actor: ErasureBench.Bob, topic: "Alice Adamson's meeting"));
        await _bench.ForgetAsync();
        Assert.Equal([[0], [0], [], [], []], await _bench.WithheldAsync());
    }

    [Fact]
    public async Task Records_of_reading_erasing_and_revoking_are_kept_and_named()
    {
        await _bench.AppendAsync(
            Story.Event(actor: _bench.Alice, action: "audit.exported", topic: null),
            Story.Event(actor: _bench.Alice, action: "access.revoked", topic: null),
            Story.Event(actor: _bench.Alice, topic: null));
        var erasure = await _bench.ForgetAsync();
        Assert.Equal([[], [], [0], []], await _bench.WithheldAsync());
        Assert.Equal(["1 record of access.revoked", "1 record of audit.exported"], erasure.Kept);
    }

    [Theory]
    [InlineData(AuditActions.AuditRead)]
    [InlineData(AuditActions.AuditExported)]
    public async Task Whom_a_reader_looked_for_is_erased_and_who_looked_for_them_is_not(string action)
    {
        AuditEvent Search(AuditActor reader, string subject, string query) =>
            Story.Event(actor: reader, action: action, topic: null, details: new JsonObject { ["subject"] = subject, ["query"] = query, ["outcome"] = "success" });
        await _bench.AppendAsync(
            Story.Event(actor: _bench.Alice, topic: null),
            Search(ErasureBench.Bob, _bench.Email, $"meetings of {ErasureBench.Name}"),
            Search(_bench.Alice, _bench.Email, "nothing"),
            Search(ErasureBench.Bob, "carol@acme.test", "nothing"));
        var erasure = await _bench.ForgetAsync();
        Assert.Equal([$"1 record of {action}"], erasure.Kept);
        var after = await _bench.ReadAsync();
        Assert.Equal((ErasureBench.Bob.Email, null, "success"), (after[1].Actor.Email, (string?)after[1].Details!["subject"], (string?)after[1].Details!["outcome"]));
        Assert.DoesNotContain(ErasureBench.Name, after[1].Details!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal((_bench.Email, null, "nothing"), (after[2].Actor.Email, (string?)after[2].Details!["subject"], (string?)after[2].Details!["query"]));
        Assert.Equal("carol@acme.test", (string?)after[3].Details!["subject"]);
        var verdict = await _bench.SignAndVerifyAsync();
        Assert.Empty(verdict.Problems);
        Assert.True(verdict.Erased.AreProved);
    }

    [Fact]
    public async Task A_redelivery_or_replay_of_an_erased_event_changes_nothing()
    {
        var events = await _bench.TellAsync();
        await _bench.ForgetAsync();
        var before = await _bench.WithheldAsync();
        Assert.Equal(0, await _bench.Trail.AppendAsync(_bench.Organization, events));
        using var later = new TrailBench(_bench.Cloud, _bench.Time);
        Assert.Equal(0, await later.AppendAsync(_bench.Organization, events));
        Assert.Equal(before, await _bench.WithheldAsync());
        Assert.Empty(later.Alarms);
    }

    [Fact]
    public async Task A_crash_between_authority_and_destruction_is_made_good_by_the_timer()
    {
        await _bench.TellAsync();
        _bench.Tap.Fails = operation => operation.StartsWith("PUT", StringComparison.Ordinal) && operation.Contains($"RowKey='{TrailRows.KeyOf(3)}'", StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => _bench.ForgetAsync());
        Assert.Contains(await _bench.ReadAsync(), record => record.Action == AuditActions.AuditErased);
        Assert.NotEmpty((await _bench.SignAndVerifyAsync()).Erased.By);

        _bench.Tap.Fails = _ => false;
        await _bench.RunAsync();
        Assert.Equal([[0, 1], [1], [0, 1], [], [0], [], []], await _bench.WithheldAsync());
        Assert.Equal(7, Assert.Single((await _bench.SignAndVerifyAsync()).Erased.By).Sequence);
    }

    [Fact]
    public async Task A_crash_before_the_authority_destroys_nothing_and_is_made_good()
    {
        await _bench.TellAsync();
        _bench.Tap.Fails = operation => operation.Contains("$batch", StringComparison.Ordinal) && operation.Contains(_bench.Organization, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => _bench.ForgetAsync());
        Assert.All(await _bench.WithheldAsync(), Assert.Empty);
        _bench.Tap.Fails = _ => false;
        await _bench.RunAsync();
        var withheld = await _bench.WithheldAsync();
        Assert.Equal([0, 1], withheld[0]);
    }

    [Fact]
    public async Task Two_people_of_the_same_records_are_erased_at_once()
    {
        await _bench.AppendAsync([.. Enumerable.Range(0, 40).Select(_ =>
            Story.Event(actor: _bench.Alice, topic: null, details: new JsonObject { ["host"] = ErasureBench.Bob.Email }))]);
        await Task.WhenAll(_bench.ForgetAsync(), _bench.ForgetAsync(ErasureBench.Bob.Email));
        Assert.All((await _bench.WithheldAsync()).Take(40), parts => Assert.Equal([0, 1], parts));
        var verdict = await _bench.SignAndVerifyAsync();
        Assert.Empty(verdict.Problems);
        Assert.Equal((80, 40, 2), (verdict.Erased.Parts, verdict.Erased.Records, verdict.Erased.By.Count));
        Assert.All((await _bench.ReadAsync()).Take(40), record => Assert.Equal([41, 42], record.ErasedBy!));
    }

    [Fact]
    public async Task The_same_erasure_twice_at_once_is_one()
    {
        await _bench.AppendAsync([.. Enumerable.Range(0, 40).Select(_ => Story.Event(actor: _bench.Alice, topic: null))]);
        await Task.WhenAll(_bench.ForgetAsync(), _bench.ForgetAsync());
        var verdict = await _bench.SignAndVerifyAsync();
        Assert.Empty(verdict.Problems);
        Assert.Equal((40, 40), (verdict.Erased.Parts, verdict.Erased.Records));
    }

    [Fact]
    public async Task What_is_appended_meanwhile_is_erased_too()
    {
        await _bench.TellAsync();
        var isFirst = 1;
        _bench.Tap.Before = async operation =>
        {
            if (operation.StartsWith("PUT", StringComparison.Ordinal) && operation.Contains(_bench.Organization, StringComparison.Ordinal) && Interlocked.Exchange(ref isFirst, 0) == 1)
            {
                await _bench.AppendAsync(Story.Event(actor: _bench.Alice, topic: null));
            }
        };
        await _bench.ForgetAsync();
        Assert.Equal(0, isFirst);
        Assert.DoesNotContain(await _bench.ReadAsync(), record => record.Actor.Email == _bench.Email);
        Assert.Empty((await _bench.SignAndVerifyAsync()).Problems);
    }

    [Fact]
    public async Task What_was_on_its_way_is_erased_when_it_comes_and_what_happens_later_is_not()
    {
        await _bench.TellAsync();
        var early = Story.Event(actor: _bench.Alice, topic: null, at: _bench.Time.GetUtcNow());
        await _bench.ForgetAsync();
        _bench.Time.Advance(TimeSpan.FromMinutes(30));
        await _bench.AppendAsync(early, Story.Event(actor: _bench.Alice, topic: null, at: _bench.Time.GetUtcNow()));
        await _bench.RunAsync();
        var withheld = await _bench.WithheldAsync();
        Assert.Equal([0], withheld[7]);
        Assert.Empty(withheld[8]);
        _bench.Time.Advance(PersonErasure.OnTheWay);
        await _bench.RunAsync();
        await _bench.RunAsync();
        Assert.Empty((await _bench.SignAndVerifyAsync()).Problems);
        var rows = await _bench.Table.QueryAsync<TableEntity>(row => row.PartitionKey == ".erasures", cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Contains(rows, row => row.RowKey.StartsWith(_bench.Organization, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_puts_a_person_out_stays_while_it_is_in_force()
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
            Story.Event(actor: ErasureBench.Bob, action: "person.suspended", source: "okta", topic: null, details: new JsonObject { ["target"] = new JsonObject { ["email"] = _bench.Email } }));
        var erasure = await _bench.ForgetAsync();
        Assert.Equal([[0], [], []], await _bench.WithheldAsync());
        Assert.Equal(["1 record of person.suspended", "their access has ended and stays so: what says it is in force"], erasure.Kept);
        Assert.True(await access.HasEndedAsync(new TokenToCheck(ErasureBench.Issuer, ErasureBench.Subject, _bench.Organization, null, _bench.Time.GetUtcNow()), anyAge: false, Cancellation));

        await access.ApplyAsync([suspended with { Ends = false, At = suspended.At.AddSeconds(1) }], Cancellation);
        Assert.Equal(1, (await _bench.ForgetAsync()).Parts);
    }
}
