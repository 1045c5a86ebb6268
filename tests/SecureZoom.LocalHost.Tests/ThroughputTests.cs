using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using SecureZoom.LocalHost.Hosting;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

/// <summary>Run by script/measure-host, alone: a ratio of two measurements, and never a time.</summary>
public sealed class ThroughputTests(ITestOutputHelper output)
{
    private const int Connections = 16;
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan _measured = TimeSpan.FromSeconds(5);

    [Fact(Explicit = true)]
    public async Task An_empty_function_makes_a_tenth_of_bare_Kestrels_throughput()
    {
        var builder = Loopback.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        await using var bare = builder.Build();
        bare.Run(_ => Task.CompletedTask);
        await bare.StartAsync(TestContext.Current.CancellationToken);
        await using var host = await TestHost.StartAsync();

        var kestrel = await MeasureAsync(new Uri(bare.Urls.Single()));
        var function = await MeasureAsync(host.Address);

        output.WriteLine($"{Connections} connections: Kestrel {kestrel:0}/s, empty function {function:0}/s, ratio {function / kestrel:0.000}");
        Assert.True(function / kestrel >= 0.10, $"{function / kestrel:0.000}");
    }

    /// <returns>Answers a second.</returns>
    private static async Task<double> MeasureAsync(Uri address)
    {
        await CountAsync(address, _warmUp);
        return await CountAsync(address, _measured) / _measured.TotalSeconds;
    }

    private static async Task<int> CountAsync(Uri address, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        return (await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(LoadAsync)))).Sum();

        async Task<int> LoadAsync()
        {
            using var client = await RawClient.ConnectAsync(address);
            var request = Encoding.ASCII.GetBytes("GET /api/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
            var answer = new byte[4096];
            var answers = 0;
            while (clock.Elapsed < time)
            {
                await client.Stream.WriteAsync(request);
                var length = 0;
                do
                {
                    length += await client.Stream.ReadAsync(answer.AsMemory(length));
                }
                while (!answer.AsSpan(0, length).EndsWith("\r\n\r\n"u8));
                Assert.True(answer.AsSpan().StartsWith("HTTP/1.1 200"u8));
                answers++;
            }

            return answers;
        }
    }
}
