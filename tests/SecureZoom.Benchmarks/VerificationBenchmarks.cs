using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Benchmarks;

/// <summary>A trail rebuilt record by record; the floor is SHA-256 over the same deeds.</summary>
public class VerificationBenchmarks
{
    private RecordLine[] _lines = [];

    [Params(100_000)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Setup() => _lines =
    [
        .. Enumerable.Range(0, Records).Select(index => Events.Record(Events.Entry(index).Event!, index)).Select(record => new RecordLine(record, record.LeafHash())),
    ];

    [Benchmark(Baseline = true, Description = "floor: SHA-256 of the deeds")]
    public int Floor() => _lines.Sum(line => SHA256.HashData(line.Record.Deed.Span)[0]);

    [Benchmark(Description = "verification")]
    public long Verify()
    {
        var verifier = new TrailVerifier(CheckpointSeries.Read([], []), Events.Log, TreeEdge.Empty, DateTimeOffset.UnixEpoch);
        foreach (var line in _lines)
        {
            verifier.Add(line);
        }

        return verifier.Finish().Records;
    }
}
