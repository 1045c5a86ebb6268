using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Telemetry;

/// <summary>The app's telemetry with Azure Monitor's own exporter, and what it would have sent to Application Insights.</summary>
public sealed class ExportedLines : IAsyncDisposable
{
    private readonly Ingestion _ingestion = new();
    private readonly ServiceProvider _services;

    private ExportedLines()
    {
        var (name, value) = Ingestion.Setting;
        var settings = new Dictionary<string, string?> { [name] = value };
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        services.AddTelemetry(new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
        _ingestion.Take(services);
        _services = services.BuildServiceProvider();
    }

    public static async Task<ExportedLines> StartAsync(CancellationToken cancellation)
    {
        var lines = new ExportedLines();
        // The exporter takes its place when the host starts.
        foreach (var service in lines._services.GetServices<IHostedService>())
        {
            await service.StartAsync(cancellation);
        }

        return lines;
    }

    public ILogger Logger(string category) => _services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    /// <summary>What was logged until now, in its order: the table of the workspace that each kind of telemetry gets into, and its columns.</summary>
    public IReadOnlyList<LogLine> Take()
    {
        Assert.True(_services.GetRequiredService<LoggerProvider>().ForceFlush());
        var lines = _ingestion.Items.Where(item => (string?)item["data"]!["baseType"] is "MessageData" or "ExceptionData").Select(Line).ToList();
        _ingestion.Items.Clear();
        return lines;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <remarks>
    /// The tables: https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete. <c>Properties</c> are an item's custom dimensions.
    /// </remarks>
    private static LogLine Line(JsonObject item)
    {
        var content = item["data"]!["baseData"]!.AsObject();
        var failure = content["exceptions"]?[0];
        return new LogLine(
            failure is null ? "AppTraces" : "AppExceptions",
            DateTimeOffset.Parse((string)item["time"]!, System.Globalization.CultureInfo.InvariantCulture),
            (string)content["severityLevel"]! switch
            {
                "Verbose" => LogLevel.Debug,
                var level => Enum.Parse<LogLevel>(level),
            },
            (string)(failure ?? content)["message"]!,
            content["properties"]!.DeepClone().AsObject());
    }
}
