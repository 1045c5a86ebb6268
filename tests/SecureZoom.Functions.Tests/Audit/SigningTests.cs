using Azure.Data.Tables;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Storage;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>When trails are signed, and what that costs.</summary>
public sealed class SigningTests(Cloud cloud) : AttackBench(cloud), IAsyncLifetime
{
    private const int RunsInADay = 24 * 60 / 5;

    private Azurite _storage = null!;

    public async ValueTask InitializeAsync() => _storage = await Azurite.StartAsync(new(), Cancellation);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task A_day_of_an_idle_organisation_costs_fewer_than_100_operations_with_its_share_of_the_list()
    {
        const int Organizations = 12;
        var tap = new StorageTap();
        var bench = Own(tap);
        for (var i = 0; i < Organizations; i++)
        {
            await bench.AppendAsync($"org_{i}", Story.Events(50));
        }

        await RunsAsync(bench, 3);
        var (before, lists) = (tap.Count(), tap.Count("GET", "/audit()"));

        await RunsAsync(bench, RunsInADay);

        var each = (tap.Count() - before) / (double)Organizations;
        Assert.InRange(each, 48, 99);
        Assert.Equal(RunsInADay, tap.Count("GET", "/audit()") - lists);
        Assert.InRange(await bench.Checkpoints.ReadLastNumberAsync("org_0", Cancellation), 24, 26);
    }

    [Fact]
    public async Task What_other_instances_append_is_signed_by_the_next_run_or_the_one_behind_it()
    {
        var (signer, writer) = (Own(), Own());
        await writer.AppendAsync(Organization, Story.Event());
        await RunsAsync(signer, 4);
        for (var (size, minutes) = (2, 1); size <= 8; size++, minutes += 2)
        {
            // At any time of those five minutes in which one change stands for others.
            Time.Advance(TimeSpan.FromMinutes(minutes % 5));
            await writer.AppendAsync(Organization, Story.Event());
            await RunsAsync(signer, 1);

            Assert.Equal(size, (await signer.VerifyAsync(Organization)).CoveredTo!.Head.Size);
        }
    }

    [Fact]
    public async Task Two_instances_that_sign_in_turn_make_one_chain()
    {
        var (first, second) = (Own(), Own());
        for (var turn = 1; turn <= 4; turn++)
        {
            await first.AppendAsync(Organization, Story.Event());
            await Task.WhenAll(RunsAsync(first, 1), RunsAsync(second, 1));
            Time.Advance(TimeSpan.FromHours(1));
            await RunsAsync(turn % 2 == 0 ? first : second, 1);
        }

        var verdict = await Own().VerifyAsync(Organization);
        Assert.Empty(verdict.Problems);
        Assert.Equal(4, verdict.CoveredTo!.Head.Size);
        Assert.Empty(first.Alarms.Concat(second.Alarms));
    }

    [Fact]
    public async Task Who_sets_the_list_s_time_back_keeps_a_trail_unsigned_for_no_more_than_an_hour()
    {
        var (signer, writer) = (Own(), Own());
        await writer.AppendAsync(Organization, Story.Event());
        await RunsAsync(signer, 4);
        await writer.AppendAsync(Organization, Story.Event());
        var list = new TableClient(_storage.ConnectionString, "audit");
        await list.UpsertEntityAsync(
            new TableEntity(".organizations", Organization) { ["ChangedAt"] = DateTimeOffset.UnixEpoch }, TableUpdateMode.Replace, Cancellation);
        await RunsAsync(signer, 1);
        Assert.Equal(1, (await signer.VerifyAsync(Organization)).CoveredTo!.Head.Size);

        await RunsAsync(signer, 12);

        Assert.Equal(2, (await signer.VerifyAsync(Organization)).CoveredTo!.Head.Size);
    }

    [Theory]
    [InlineData(true, 1_050)]
    [InlineData(false, 150)]
    public async Task However_much_garbage_there_is_signing_goes_on(bool isSigned, int pieces)
    {
        var attacker = new Attacker(_storage.ConnectionString, Organization);
        await attacker.Blobs.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        if (isSigned)
        {
            await AppendAndSignAsync(Own(), 3);
        }

        foreach (var numbers in Enumerable.Range(isSigned ? 2 : 1, pieces).Chunk(50))
        {
            await Task.WhenAll(numbers.Select(number => attacker.PutCheckpointAsync(number, "garbage")));
        }

        var next = Own();
        await AppendAndSignAsync(next, 2);

        var verdict = await Own().VerifyAsync(Organization);
        Assert.Equal(isSigned ? 5 : 2, verdict.CoveredTo!.Head.Size);
        Assert.All(verdict.Problems, problem => Assert.Equal(TrailProblems.BadCheckpoint, problem.Code));
        Assert.Contains(next.Alarms, alarm => alarm.Contains("is not a genuine one", StringComparison.Ordinal));
        Assert.Contains($"storage-changed {Organization}", next.Logs.Alerts());
    }

    private TrailBench Own(StorageTap? tap = null) =>
        Keep(new TrailBench(Cloud, Time, tap, _storage.ConnectionString, blobPolicy: tap));

    private async Task RunsAsync(TrailBench bench, int count)
    {
        for (var run = 0; run < count; run++)
        {
            Time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(0, await bench.SignAllAsync());
        }
    }
}
