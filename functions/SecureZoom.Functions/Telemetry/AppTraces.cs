using System.Diagnostics;

namespace SecureZoom.Functions.Telemetry;

/// <summary>The app's spans: what was called and how it ended. No address, number or name of anybody is in them.</summary>
internal static class AppTraces
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "SecureZoom";

    private static readonly ActivitySource Source = new(SourceName);

    /// <returns>The span; null when nobody listens.</returns>
    public static Activity? Start(string name, ActivityKind kind) => Source.StartActivity(name, kind);

    /// <summary>Says how it ended.</summary>
    /// <param name="error">A code, or the type of an exception: never its message.</param>
    public static void Fail(this Activity span, string error) => span.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
}
