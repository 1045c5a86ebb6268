using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Tests.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Storage;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>What the timer asks of storage for a trail to which nothing is added, as <c>docs/cost.md</c> has it.</summary>
public sealed class IdleDayTests(Cloud cloud) : IAsyncLifetime
{
    private const int RunsInADay = 24 * 12;
    private const int Settling = 12;

    private readonly StorageTap _tables = new();
    private readonly StorageTap _blobs = new();
    private readonly FakeTimeProvider _time = new(new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private Azurite _storage = null!;
    private TrailBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await Azurite.StartAsync(new AzuriteOptions(), Cancellation);
        _bench = new TrailBench(cloud, _time, _tables, _storage.ConnectionString, blobPolicy: _blobs, retainFor: TimeSpan.FromDays(400));
    }

    public async ValueTask DisposeAsync()
    {
        _bench.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task A_day_of_an_idle_trail_of_ten_thousand_records_costs_what_the_list_says()
    {
        const int Records = 10_000;
        await _bench.AppendAsync("org_small", Story.Events(50));
        await RunAsync(Settling);
        var (one, look) = await RunAsync(RunsInADay);

        await _bench.AppendAsync("org_large", Story.Events(Records));
        // It is signed, indexed and counted.
        await RunAsync(Settling);
        var (two, looks) = await RunAsync(RunsInADay);

        var each = Less(two, one);
        var verification = Less(looks, look);
        OperationsList.AssertHas("an idle day", each);
        // With its share of the list, of 500.
        Assert.InRange(each.Values.Sum() + (RunsInADay / 500.0), 48, 99);
        // A read for a thousand records, what tells where the trail begins and ends, and its checkpoints.
        Assert.InRange(verification.Values.Sum(), Records / 1_000, 2 * Records / 1_000);
    }

    /// <summary>Runs of the timer: how many operations of each kind it asked for, and how many to verify what is old.</summary>
    private async Task<(Dictionary<string, int> Day, Dictionary<string, int> Verification)> RunAsync(int runs)
    {
        var before = Count();
        var verification = Count().ToDictionary(kind => kind.Key, _ => 0);
        for (var run = 0; run < runs; run++)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(0, await _bench.SignAllAsync());
            await _bench.CountAsync();
            var looked = Count();
            await _bench.Past.RunAsync(_bench.Signer.Trails, Cancellation);
            foreach (var (kind, count) in Count())
            {
                before[kind] += count - looked[kind];
                verification[kind] += count - looked[kind];
            }

            await _bench.Retention.RunAsync(_bench.Signer.Trails, Cancellation);
            await _bench.Findings.RemindAsync(Cancellation);
        }

        return (Less(Count(), before), verification);
    }

    private static Dictionary<string, int> Less(Dictionary<string, int> counted, Dictionary<string, int> before) =>
        counted.ToDictionary(kind => kind.Key, kind => kind.Value - before[kind.Key]);

    private Dictionary<string, int> Count() => new(StringComparer.Ordinal)
    {
        ["blob list"] = _blobs.Count("comp=list"),
        ["blob read"] = _blobs.Count("GET ") + _blobs.Count("HEAD ") - _blobs.Count("comp=list"),
        ["blob write"] = _blobs.Count("PUT "),
        ["table"] = _tables.Count(),
    };
}
