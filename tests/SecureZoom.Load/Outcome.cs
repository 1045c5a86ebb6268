using System.Globalization;

namespace SecureZoom.Load;

/// <summary>What a contest came to: the medians of both, and so their ratios.</summary>
internal sealed record Outcome(Contest Contest, Round Ours, Round Peers)
{
    public const string Head = """
        | calls | against | ours, a second | theirs | ratio | target | p99, ours | theirs | ratio | target |
        |---|---|---|---|---|---|---|---|---|---|
        """;

    public double Share => Ours.PerSecond / Peers.PerSecond;

    public double P99 => Ours.P99 / Peers.P99;

    /// <summary>Whether what was promised holds.</summary>
    public bool IsGood => (Contest.LeastShare ?? 0) <= Share && P99 <= (Contest.MostP99 ?? double.PositiveInfinity);

    /// <summary>A row below <see cref="Head"/>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Contest.What} | {Contest.Against} | {Ours.PerSecond:0} | {Peers.PerSecond:0} | {Share:0.00} | {Target("at least", Contest.LeastShare)} | {Ours.P99.TotalMilliseconds:0} ms | {Peers.P99.TotalMilliseconds:0} ms | {P99:0.0} | {Target("at most", Contest.MostP99)} |");

    private static string Target(string bound, double? value) => value is { } known ? string.Create(CultureInfo.InvariantCulture, $"{bound} {known:0.0}") : "";
}
