using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Telemetry;

/// <summary>OpenTelemetry as the Functions host expects it of a worker: our spans and metrics, the logs.</summary>
/// <remarks>
/// Not the worker's own span, which would be a second one of the same call. No instrumentation of HTTP clients or of the Azure SDK: their
/// spans tell whole addresses, and people's e-mail addresses are in Zoom's.
/// </remarks>
internal static class TelemetrySetup
{
    /// <summary>What the worker's own OpenTelemetry package tells the host, so that nothing is reported by both.</summary>
    private const string WorkerReportsItself = "WorkerOpenTelemetryEnabled";

    /// <summary>In which version of the conventions; in the first one whatever the worker does is a request.</summary>
    private const string WorkerSchema = "WorkerOpenTelemetrySchemaVersion";

    private const string Schema = "1.37.0";

    public static IServiceCollection AddTelemetry(this IServiceCollection services, SettingsReader settings)
    {
        var options = TelemetryOptions.Read(settings);
        services.AddMetrics().AddSingleton<AppMetrics>();
        if (!options.Exports)
        {
            return services;
        }

        services.Configure<WorkerOptions>(worker =>
        {
            worker.Capabilities[WorkerReportsItself] = bool.TrueString;
            worker.Capabilities[WorkerSchema] = Schema;
        });
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("securezoom", serviceVersion: Version))
            // Not by the caller's traceparent: nobody outside decides which calls operators see.
            .WithTracing(tracing => tracing.AddSource(AppTraces.SourceName).SetSampler(new AlwaysOnSampler()))
            .WithMetrics(metrics => metrics.AddMeter(AppMetrics.MeterName))
            .WithLogging();
        if (options.AzureMonitor is { } connectionString)
        {
            telemetry.UseAzureMonitorExporter(exporter =>
            {
                exporter.ConnectionString = connectionString;
                exporter.Credential = options.AzureMonitorClientId is { } clientId
                    ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
                    : null;
                // Else it takes our sampler's place, keeps five traces a second, and drops the log lines of all others: alarms wait for those.
                exporter.TracesPerSecond = null;
                exporter.SamplingRatio = 1;
                exporter.EnableTraceBasedLogsSampler = false;
            });
        }

        if (options.Otlp)
        {
            telemetry.UseOtlpExporter();
        }

        return services;
    }

    private static string Version => typeof(TelemetrySetup).Assembly.GetName().Version!.ToString(3);
}
