namespace SecureZoom.Load;

/// <summary>Two servers, measured by turns, so that what else goes on strikes both.</summary>
/// <param name="What">What is asked of both.</param>
/// <param name="LeastShare">Of the peer's throughput, that ours shall have; null where none was promised.</param>
/// <param name="MostP99">Of the peer's 99th percentile, that ours may take; null where none was promised.</param>
internal sealed record Contest(string What, string Against, Target Ours, Target Peers, double? LeastShare = null, double? MostP99 = null)
{
    /// <param name="afterOurs">What to wait for before the peer is measured.</param>
    public async Task<Outcome> RunAsync(Wrk wrk, int rounds, Func<Task> afterOurs, CancellationToken cancellationToken)
    {
        // The first of each is for its compiler and caches; by few, since a call that waits for both too long is refused.
        await wrk.WarmAsync(Ours, cancellationToken);
        await afterOurs();
        await wrk.WarmAsync(Peers, cancellationToken);
        var (ours, peers) = (new List<Round>(), new List<Round>());
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await wrk.RunAsync(Ours, cancellationToken));
            await afterOurs();
            peers.Add(await wrk.RunAsync(Peers, cancellationToken));
        }

        return new Outcome(this, Median(ours), Median(peers));
    }

    private static Round Median(IReadOnlyList<Round> rounds) => new(
        Middle(rounds.Select(round => round.PerSecond)),
        Middle(rounds.Select(round => round.Median)),
        Middle(rounds.Select(round => round.P99)));

    private static T Middle<T>(IEnumerable<T> values)
    {
        T[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
