using System.Diagnostics;
using System.Reflection;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Tests.Telemetry;

/// <summary>What alarms wait for is not left to chance, however many calls there are.</summary>
public sealed class SamplingTests
{
    [Fact]
    public async Task Every_call_and_every_line_is_told_to_Application_Insights()
    {
        var settings = new Dictionary<string, string?>
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint=http://127.0.0.1:9/",
        };
        var services = new ServiceCollection().AddLogging();
        services.AddTelemetry(new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
        await using var provider = services.BuildServiceProvider();

        var tracing = provider.GetRequiredService<TracerProvider>();
        // No public member tells it.
        var sampler = (Sampler)tracing.GetType().GetProperty("Sampler", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(tracing)!;
        var decisions = Enumerable.Range(0, 1_000).Select(_ =>
            sampler.ShouldSample(new SamplingParameters(default, ActivityTraceId.CreateRandom(), "call", ActivityKind.Server)).Decision);
        Assert.All(decisions, decision => Assert.Equal(SamplingDecision.RecordAndSample, decision));
        Assert.False(provider.GetRequiredService<IOptions<AzureMonitorExporterOptions>>().Value.EnableTraceBasedLogsSampler);
    }
}
