using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Azure.Monitor.OpenTelemetry.Exporter;
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
        var settings = new Dictionary<string, string?>
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
                $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint=http://127.0.0.1:9/;LiveEndpoint=http://127.0.0.1:9/",
        };
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        services.AddTelemetry(new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
        services.PostConfigure<AzureMonitorExporterOptions>(exporter =>
        {
            exporter.Transport = new HttpClientTransport(_ingestion);
            exporter.DisableOfflineStorage = true;
            exporter.EnableLiveMetrics = false;
            // Else it asks the machine's metadata service where it runs. No public member turns it off.
            typeof(AzureMonitorExporterOptions).GetProperty("EnableStatsbeat", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(exporter, false);
        });
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

    /// <summary>Takes whatever comes, as the endpoint does: one item a line.</summary>
    private sealed class Ingestion : HttpMessageHandler
    {
        public ConcurrentQueue<JsonObject> Items { get; } = new();

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var sent = new MemoryStream();
            request.Content!.CopyTo(sent, context: null, cancellationToken);
            return Answer(request.Content, sent);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var sent = new MemoryStream();
            await request.Content!.CopyToAsync(sent, cancellationToken);
            return Answer(request.Content, sent);
        }

        private HttpResponseMessage Answer(HttpContent content, MemoryStream sent)
        {
            sent.Position = 0;
            using var text = new StreamReader(
                content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(sent, CompressionMode.Decompress) : sent, Encoding.UTF8);
            var items = text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
            items.ForEach(Items.Enqueue);
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent($$"""{"itemsReceived":{{items.Count}},"itemsAccepted":{{items.Count}},"errors":[]}"""),
            };
        }
    }
}
