using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Telemetry;

/// <summary>Where traces, metrics and logs go; nowhere when nothing is set.</summary>
/// <param name="AzureMonitor">The connection string of Application Insights.</param>
/// <param name="AzureMonitorClientId">The user-assigned identity that may write there.</param>
/// <param name="Otlp">Whether an OpenTelemetry collector listens; the exporter itself reads <c>OTEL_EXPORTER_OTLP_*</c>.</param>
internal sealed record TelemetryOptions(string? AzureMonitor, string? AzureMonitorClientId, bool Otlp)
{
    public bool Exports => AzureMonitor is not null || Otlp;

    /// <remarks>The names are those that the Functions host and OpenTelemetry read as well.</remarks>
    public static TelemetryOptions Read(SettingsReader settings) => new(
        settings.Optional("APPLICATIONINSIGHTS_CONNECTION_STRING"),
        ClientId(settings.Optional("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "")),
        settings.Optional("OTEL_EXPORTER_OTLP_ENDPOINT") is not null);

    /// <summary>The identity in <c>ClientId=...;Authorization=AAD</c>.</summary>
    private static string? ClientId(string authentication) => authentication
        .Split(';', StringSplitOptions.TrimEntries)
        .Select(part => part.Split('=', 2))
        .Where(part => part is ["ClientId", not ""])
        .Select(part => part[1])
        .FirstOrDefault();
}
