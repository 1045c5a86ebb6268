using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>One trail, a clock, and as many instances of the app's parts as a test likes, each of which knows what it has seen itself.</summary>
public abstract class AttackBench(Cloud cloud) : IDisposable
{
    private readonly List<TrailBench> _benches = [];

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected Cloud Cloud => cloud;

    private protected string Organization { get; } = Story.NewOrganization();

    private protected AdjustableTime Time { get; } = new();

    private protected Attacker Attacker => new(Cloud, Organization);

    public void Dispose()
    {
        _benches.ForEach(bench => bench.Dispose());
        GC.SuppressFinalize(this);
    }

    private protected TrailBench Bench() => Keep(new TrailBench(Cloud, Time));

    private protected TrailBench Keep(TrailBench bench)
    {
        _benches.Add(bench);
        return bench;
    }

    private protected async Task AppendAndSignAsync(TrailBench bench, int count)
    {
        await bench.AppendAsync(Organization, Story.Events(count));
        Assert.True(await bench.SignAsync(Organization));
    }

    /// <summary>A moment behind all so far and before all that comes; signatures name whole seconds.</summary>
    private protected DateTimeOffset Later()
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        var moment = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromMinutes(1));
        return moment;
    }

    private protected static void AssertNamed(TrailVerdict verdict, string code, long? sequence) =>
        Assert.Contains(verdict.Problems, problem => problem.Code == code && problem.Sequence == sequence);
}
