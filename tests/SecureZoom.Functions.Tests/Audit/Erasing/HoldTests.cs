using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>What is on hold is not erased, whoever asks, and whoever takes the hold's row away.</summary>
public sealed class HoldTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private ErasureBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await ErasureBench.StartAsync(queues.Cloud);
        await _bench.TellAsync();
    }

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("address")]
    [InlineData("subject")]
    [InlineData("range")]
    public async Task A_hold_on_the_person_or_on_one_of_their_records_keeps_all_of_it(string on)
    {
        var hold = await _bench.Holds.AddAsync(
            _bench.Organization,
            on == "range" ? null : on == "address" ? _bench.Email.ToUpperInvariant() : ErasureBench.Subject,
            on == "range" ? (3, 3) : null,
            "A court asks.",
            _bench.Operator,
            Cancellation);
        var refused = await Assert.ThrowsAsync<ErasureException>(() => _bench.ForgetAsync());
        Assert.Equal(ErasureError.OnHold, refused.Error);
        Assert.All(await _bench.WithheldAsync(), Assert.Empty);

        Assert.True(await _bench.Holds.RemoveAsync(_bench.Organization, hold.Id, "It is over.", _bench.Operator, Cancellation));
        Assert.Empty(await _bench.Holds.ReadAsync(_bench.Organization, Cancellation));
        Assert.Equal(4, (await _bench.ForgetAsync()).Records);
        Assert.Equal([AuditActions.AuditHoldAdded, AuditActions.AuditHoldRemoved], (await _bench.ReadAsync()).Select(record => record.Action).Where(action => action.StartsWith("audit.hold", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_hold_on_records_keeps_all_of_whoever_is_in_one_that_would_stay_and_whoever_is_told_so_is_on_record()
    {
        await _bench.AppendAsync(Story.Event(actor: _bench.Alice, action: AuditActions.AuditExported, topic: null));
        await _bench.Holds.AddAsync(_bench.Organization, person: null, (7, 7), "A court asks.", _bench.Operator, Cancellation);
        var asked = await _bench.App.As(Sandbox.Identity.Accounts.Carol.In(_bench.Organization), AccountExtensions.Eraser).PostAsync(
            "audit/erasures", new System.Text.Json.Nodes.JsonObject { ["person"] = _bench.Email, ["reason"] = "She asked for it." });
        Assert.Equal("legal_hold", asked.Code);
        var told = await Wait.ForAsync("that it was told", async () => (await _bench.ReadAsync()).FirstOrDefault(record => record.Action == AuditActions.AuditErasureRequest));
        Assert.Equal(("failure", "legal_hold", Sandbox.Identity.Accounts.Carol.Name), (told.Outcome, told.Reason, told.Actor.Name));

        Assert.Equal(ErasureError.OnHold, (await Assert.ThrowsAsync<ErasureException>(() => _bench.ForgetAsync())).Error);
        Assert.All(await _bench.WithheldAsync(), Assert.Empty);
        var refused = (await _bench.ReadAsync())[^1];
        Assert.Equal((AuditActions.AuditErasureRequest, "failure", "legal_hold"), (refused.Action, refused.Outcome, refused.Reason));
        await _bench.RunAsync();
        Assert.Equal(refused.Sequence, (await _bench.ReadAsync())[^1].Sequence);
    }

    [Fact]
    public async Task A_hold_on_others_keeps_nothing()
    {
        await _bench.Holds.AddAsync(_bench.Organization, ErasureBench.Bob.Email, range: null, "A court asks.", _bench.Operator, Cancellation);
        await _bench.Holds.AddAsync(_bench.Organization, person: null, (4, 4), "A court asks.", _bench.Operator, Cancellation);
        Assert.Equal(4, (await _bench.ForgetAsync()).Records);
    }

    [Fact]
    public async Task What_is_said_to_go_cannot_be_put_on_hold_any_more_and_whoever_tries_is_told()
    {
        await _bench.AppendAsync(Story.Events(300));
        await _bench.SignAndVerifyAsync();
        await _bench.Trail.Cutter.CutAsync(_bench.Organization, TrailBeginning.None, 256, _bench.Operator, leaves: false, Cancellation);
        var told = new StringWriter();
        Assert.Equal(1, await HoldAsync("256-257"));
        Assert.Equal($"Records 1 to 256 were let go by record 307: nothing of them can be put on hold any more{Environment.NewLine}", told.ToString());
        Assert.Empty(await _bench.Holds.ReadAsync(_bench.Organization, Cancellation));
        Assert.Equal(0, await HoldAsync("257-260"));
        Assert.DoesNotContain("does not reach", told.ToString(), StringComparison.Ordinal);

        // Whom a hold is on may be in what goes, and in what stays.
        Assert.Equal(0, await HoldAsync(_bench.Email, "--person"));
        Assert.EndsWith($"It does not reach records 1 to 256, which were let go by record 307 and will be gone within the hour{Environment.NewLine}", told.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await _bench.Holds.ReadAsync(_bench.Organization, Cancellation)).Count);

        Task<int> HoldAsync(string what, string by = "--records") => Operator.Hold.RunAsync(
            ["add", "--organization", _bench.Organization, by, what, "--reason", "A court asks."], () => new RunningApp(_bench.App.Services), told, Cancellation);
    }

    [Fact]
    public async Task Who_garbles_a_hold_s_record_too_does_not_lift_it()
    {
        var hold = await _bench.Holds.AddAsync(_bench.Organization, _bench.Email, range: null, "A court asks.", _bench.Operator, Cancellation);
        var record = (await _bench.ReadAsync()).Single(one => one.Action == AuditActions.AuditHoldAdded);
        await _bench.Table.DeleteEntityAsync(".holds", $"{_bench.Organization}:{hold.Id}", cancellationToken: Cancellation);
        await new Attacker(queues.Cloud, _bench.Organization).AlterAsync(record.Sequence, row => row["Deed"] = "{}"u8.ToArray());
        await Assert.ThrowsAsync<TrailDamagedException>(() => _bench.ForgetAsync());
        Assert.All((await _bench.WithheldAsync()).Take(6), Assert.Empty);
    }

    [Fact]
    public async Task Who_takes_a_hold_s_row_away_does_not_lift_it()
    {
        var hold = await _bench.Holds.AddAsync(_bench.Organization, _bench.Email, range: null, "A court asks.", _bench.Operator, Cancellation);
        await _bench.Table.DeleteEntityAsync(".holds", $"{_bench.Organization}:{hold.Id}", cancellationToken: Cancellation);
        await Assert.ThrowsAsync<ErasureException>(() => _bench.ForgetAsync());
        Assert.All(await _bench.WithheldAsync(), Assert.Empty);
        Assert.Equal([$"hold-lost {_bench.Organization}"], _bench.Alerts);
    }

    [Fact]
    public async Task A_hold_whose_row_is_lost_is_lifted_by_what_the_trail_says_of_it()
    {
        var hold = await _bench.Holds.AddAsync(_bench.Organization, person: null, (2, 4), "A court asks.", _bench.Operator, Cancellation);
        await _bench.Table.DeleteEntityAsync(".holds", $"{_bench.Organization}:{hold.Id}", cancellationToken: Cancellation);
        Assert.False(await _bench.Holds.RemoveAsync(_bench.Organization, hold.Id.Replace('0', '1'), "It is over.", _bench.Operator, Cancellation));
        Assert.True(await _bench.Holds.RemoveAsync(_bench.Organization, hold.Id, "It is over.", _bench.Operator, Cancellation));
        Assert.False(await _bench.Holds.RemoveAsync(_bench.Organization, hold.Id, "It is over.", _bench.Operator, Cancellation));
        var lifted = Assert.Single(await _bench.ReadAsync(), record => record.Action == AuditActions.AuditHoldRemoved);
        Assert.Equal((2L, 4L), ((long)lifted.Details!["first"]!, (long)lifted.Details["last"]!));
        Assert.Equal(4, (await _bench.ForgetAsync()).Records);
    }

    [Fact]
    public async Task A_hold_that_was_lifted_and_whose_row_is_there_all_the_same_goes()
    {
        var hold = await _bench.Holds.AddAsync(_bench.Organization, _bench.Email, range: null, "A court asks.", _bench.Operator, Cancellation);
        var row = (await _bench.Table.GetEntityAsync<Azure.Data.Tables.TableEntity>(".holds", $"{_bench.Organization}:{hold.Id}", cancellationToken: Cancellation)).Value;
        Assert.True(await _bench.Holds.RemoveAsync(_bench.Organization, hold.Id, "It is over.", _bench.Operator, Cancellation));
        await _bench.Table.AddEntityAsync(row, Cancellation);
        Assert.True(await _bench.Holds.RemoveAsync(_bench.Organization, hold.Id, "It is over.", _bench.Operator, Cancellation));
        Assert.Single(await _bench.ReadAsync(), record => record.Action == AuditActions.AuditHoldRemoved);
        Assert.Equal(4, (await _bench.ForgetAsync()).Records);
    }

    [Fact]
    public async Task A_hold_that_is_met_on_a_later_pass_stops_it_and_what_is_erased_is_said()
    {
        await _bench.Holds.AddAsync(_bench.Organization, person: null, (9, 20), "A court asks.", _bench.Operator, Cancellation);
        var isFirst = 1;
        _bench.Tap.Before = async operation =>
        {
            if (operation.StartsWith("PUT", StringComparison.Ordinal) && operation.Contains($"RowKey='{TrailRows.KeyOf(1)}'", StringComparison.Ordinal) && Interlocked.Exchange(ref isFirst, 0) == 1)
            {
                await _bench.AppendAsync(Story.Event(actor: _bench.Alice, topic: null));
            }
        };
        AssertStopped(await _bench.ForgetAsync(), 6, 4);
        AssertStopped(await _bench.FindAsync(), 6, 4);
        Assert.Equal([$"erasure-stopped {_bench.Organization}"], _bench.Alerts);
        Assert.Empty((await _bench.WithheldAsync())[8]);
        var verdict = await _bench.SignAndVerifyAsync();
        Assert.Empty(verdict.Problems);
        Assert.Equal((6, 4), (verdict.Erased.Parts, verdict.Erased.Records));
    }

    [Fact]
    public async Task A_hold_that_an_erasure_meets_when_it_goes_on_stops_it_and_what_is_erased_is_counted_as_it_is()
    {
        _bench.Tap.Fails = operation => operation.StartsWith("PUT", StringComparison.Ordinal) && operation.Contains($"RowKey='{TrailRows.KeyOf(3)}'", StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => _bench.ForgetAsync());
        Assert.Empty(_bench.Alerts);
        await _bench.RunAsync();
        _bench.Tap.Fails = _ => false;
        Assert.Equal([$"erasure-stopped {_bench.Organization}"], _bench.Alerts);
        await _bench.Holds.AddAsync(_bench.Organization, _bench.Email, range: null, "A court asks.", _bench.Operator, Cancellation);
        await _bench.RunAsync();
        var withheld = (await _bench.WithheldAsync()).Take(6).ToList();
        Assert.Empty(withheld[2]);
        AssertStopped(await _bench.FindAsync(), withheld.Sum(parts => parts.Length), withheld.Count(parts => parts.Length > 0), authority: 7);
    }

    [Fact]
    public async Task A_watch_that_meets_a_hold_ends_and_keeps_nobody_s_name()
    {
        await _bench.ForgetAsync();
        await _bench.Holds.AddAsync(_bench.Organization, _bench.Email, range: null, "A court asks.", _bench.Operator, Cancellation);
        await _bench.RunAsync();
        AssertStopped(await _bench.FindAsync(), 6, 4, authority: 7);
    }

    private static void AssertStopped(Erasure erasure, long parts, long records, long authority = 8)
    {
        Assert.Equal(("stopped", "legal_hold", parts, records), (erasure.State, erasure.Code, erasure.Parts, erasure.Records));
        Assert.Equal([authority], erasure.Authorities);
        Assert.Null(erasure.Person);
        Assert.Null(erasure.Known);
        Assert.Null(erasure.By);
    }
}
