using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Telemetry;

/// <summary>Refusals of people whom nobody knows are a number, not a record.</summary>
public sealed class AppMetricsTests(Cloud cloud)
{
    [Fact]
    public async Task A_refusal_without_a_token_is_counted_by_function_and_code()
    {
        var counted = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == AppMetrics.MeterName && instrument.Name == "securezoom.refusals")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            counted.Add($"{string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))} +{value}"));
        listener.Start();

        await using var app = await App.StartAsync(cloud);
        using var answer = await app.Http.GetAsync("audit", TestContext.Current.CancellationToken);
        Assert.Contains("function=audit code=missing_token +1", counted);
    }
}
