using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using SecureZoom.Functions.Webhooks.Zoom;

namespace SecureZoom.Benchmarks;

/// <summary>A webhook's signature over its raw body; the floor is the HMAC alone.</summary>
public class WebhookBenchmarks
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string Timestamp = "1764000000";

    private readonly byte[] _key = Encoding.UTF8.GetBytes(Secret);
    private byte[] _body = [];
    private string _signature = "";

    [Params(1, 10, 100)]
    public int KiB { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _body = Encoding.ASCII.GetBytes(new string('x', KiB * 1024));
        var signed = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v0:{Timestamp}:")).Concat(_body).ToArray();
        _signature = $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(_key, signed))}";
    }

    [Benchmark(Baseline = true, Description = "floor: HMAC-SHA256")]
    public byte[] Floor() => HMACSHA256.HashData(_key, _body);

    [Benchmark(Description = "webhook's signature")]
    public bool Verify() => WebhookSignature.Verify(Secret, Timestamp, _body, _signature);
}
