using System.Diagnostics.Metrics;

namespace SecureZoom.Functions.Telemetry;

/// <summary>What the app counts: names and codes only, nothing of a person.</summary>
public sealed class AppMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SecureZoom";

    /// <summary>From what nobody notices to what an operator is called for, in seconds.</summary>
    private static readonly InstrumentAdvice<double> Waits = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
    };

    private readonly Counter<long> _signatures;
    private readonly Counter<long> _refusals;
    private readonly Histogram<double> _webhookLag;
    private readonly Histogram<double> _queueAge;
    private readonly Counter<long> _appended;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _tokenRefreshes;
    private readonly Counter<long> _deauthorizations;

    public AppMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _signatures = meter.CreateCounter<long>("securezoom.signatures", description: "Signatures that were issued, by role.");
        _refusals = meter.CreateCounter<long>("securezoom.refusals", description: "Calls that were refused, by function and code.");
        _webhookLag = meter.CreateHistogram(
            "securezoom.webhook.lag", "s", "From an event at Zoom to its delivery here.", tags: null, Waits);
        _queueAge = meter.CreateHistogram(
            "securezoom.queue.age", "s", "From an event's receipt to its place in the trail, by source.", tags: null, Waits);
        _appended = meter.CreateCounter<long>("securezoom.audit.appended", description: "Events that came off the queue into a trail, by source.");
        _quarantined = meter.CreateCounter<long>("securezoom.audit.quarantined", description: "Messages set aside, by reason.");
        _tokenRefreshes = meter.CreateCounter<long>("securezoom.zoom.token.refreshes", description: "Requests for a Server-to-Server token, by outcome.");
        _deauthorizations = meter.CreateCounter<long>("securezoom.zoom.deauthorizations", description: "Zoom accounts that took the app out.");
    }

    /// <param name="role">0 for a participant, 1 for a host.</param>
    public void SignatureIssued(int role) => _signatures.Add(1, new KeyValuePair<string, object?>("role", role));

    /// <param name="code">The problem's code. Refusals of callers who are not known are counted here and nowhere else.</param>
    public void Refused(string function, string code) => _refusals.Add(1, new("function", function), new("code", code));

    public void Delivered(TimeSpan lag) => _webhookLag.Record(Seconds(lag));

    public void Appended(string source, TimeSpan age)
    {
        var tag = new KeyValuePair<string, object?>("source", source);
        _appended.Add(1, tag);
        _queueAge.Record(Seconds(age), tag);
    }

    public void Quarantined(string reason) => _quarantined.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void TokenRefreshed(bool success) =>
        _tokenRefreshes.Add(1, new KeyValuePair<string, object?>("outcome", success ? "success" : "failure"));

    public void Deauthorized() => _deauthorizations.Add(1);

    /// <summary>Two clocks may differ; nothing arrives before it was sent.</summary>
    private static double Seconds(TimeSpan span) => Math.Max(0, span.TotalSeconds);
}
