using System.Diagnostics.Metrics;

namespace SecureZoom.Functions.Telemetry;

/// <summary>What the app counts: names and codes only, nothing of a person.</summary>
public sealed class AppMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SecureZoom";

    private readonly Counter<long> _refusals;
    private readonly Counter<long> _quarantined;

    public AppMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _refusals = meter.CreateCounter<long>("securezoom.refusals", description: "Calls that were refused, by function and code.");
        _quarantined = meter.CreateCounter<long>("securezoom.audit.quarantined", description: "Messages set aside, by reason.");
    }

    /// <param name="code">The problem's code. Refusals of callers who are not known are counted here and nowhere else.</param>
    public void Refused(string function, string code) => _refusals.Add(1, new("function", function), new("code", code));

    public void Quarantined(string reason) => _quarantined.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
