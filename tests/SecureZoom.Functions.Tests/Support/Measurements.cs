using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>What one app measures, and no other app of the process.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Text, double Value)> _all = new();

    public Measurements(App app)
    {
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == AppMetrics.MeterName && instrument.Meter.Scope == meters)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Each measurement as <c>name key=value ...</c>.</summary>
    public IEnumerable<string> Texts => _all.Select(one => one.Text);

    /// <summary>The values under a name with its tags, as <see cref="Texts"/> has it.</summary>
    public IReadOnlyList<double> Of(string text) => [.. _all.Where(one => one.Text == text).Select(one => one.Value)];

    /// <summary>Each measurement as the workspace has it in <c>AppMetrics</c>, with its tags as properties.</summary>
    public IEnumerable<Dictionary<string, object?>> Rows(DateTimeOffset time) => _all.Select(one =>
    {
        var words = one.Text.Split(' ');
        return new Dictionary<string, object?>
        {
            ["TimeGenerated"] = time,
            ["Name"] = words[0],
            ["Sum"] = one.Value,
            ["Max"] = one.Value,
            ["ItemCount"] = 1d,
            ["Properties"] = new JsonObject(words.Skip(1).Select(tag => tag.Split('=', 2)).Select(tag => KeyValuePair.Create(tag[0], (JsonNode?)tag[1]))),
        };
    });

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _all.Enqueue((string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Prepend(instrument.Name)), value));
}
