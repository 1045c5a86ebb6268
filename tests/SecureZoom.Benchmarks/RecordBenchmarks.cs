using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification.Log;

namespace SecureZoom.Benchmarks;

/// <summary>A record on its way: the line on the queue, the record in the log, its sentence; the floor is the line's HMAC.</summary>
public class RecordBenchmarks
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly SecretVersion _key = new(Secret);
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(Secret);
    private readonly AuditEntry _entry = Events.Entry(0);
    private byte[] _json = [];
    private LogRecord _record = null!;

    [GlobalSetup]
    public void Setup()
    {
        _json = JsonSerializer.SerializeToUtf8Bytes(_entry, AuditEntryJson.Default.AuditEntry);
        _record = (LogRecord)Record();
    }

    [Benchmark(Baseline = true, Description = "floor: HMAC-SHA256 of the line")]
    public byte[] Floor() => HMACSHA256.HashData(_secret, _json);

    [Benchmark(Description = "the line, sealed")]
    public string Line() => AuditMessage.Seal(_entry, _key);

    [Benchmark(Description = "the record, as the log commits to it")]
    public object Record() => Events.Record(_entry.Event!, 0);

    [Benchmark(Description = "floor: SHA-256 of the deed")]
    public byte[] LinkFloor() => SHA256.HashData(_record.Deed.Span);

    [Benchmark(Description = "its link into the tree (leaf hash)")]
    public byte[] Link() => _record.LeafHash();

    [Benchmark(Description = "its sentence")]
    public string Sentence() => AuditSentence.Of(_entry.Event!);
}
