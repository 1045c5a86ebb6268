using System.Diagnostics;

namespace SecureZoom.Functions.Telemetry;

/// <summary>The app's spans: what was called and how it ended. No address, number or name of anybody is in them.</summary>
internal static class AppTraces
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "SecureZoom";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The trace of the call under way, 32 hexadecimal digits (W3C Trace Context).</summary>
    /// <exception cref="InvalidOperationException">No call is under way.</exception>
    public static string CurrentTraceId =>
        Activity.Current?.TraceId.ToHexString() ?? throw new InvalidOperationException("No call is under way: every one begins in TraceMiddleware.");

    /// <summary>Starts the span of a whole call. It is there also when nobody listens: answers, records and messages name its trace.</summary>
    /// <param name="parent">Where the call comes from; the default when it begins here.</param>
    public static Activity StartCall(string name, ActivityKind kind, ActivityContext parent)
    {
        if (Source.StartActivity(name, kind, parent) is { } listenedTo)
        {
            return listenedTo;
        }

        var activity = new Activity(name);
        return (parent == default ? activity : activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags)).Start();
    }

    /// <returns>The span; null when nobody listens.</returns>
    public static Activity? Start(string name, ActivityKind kind) => Source.StartActivity(name, kind);

    /// <summary>Says how it ended.</summary>
    /// <param name="error">A code, or the type of an exception: never its message.</param>
    public static void Fail(this Activity span, string error) => span.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
}
