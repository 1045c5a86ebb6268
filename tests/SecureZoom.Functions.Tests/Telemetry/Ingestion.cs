using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.DependencyInjection;

namespace SecureZoom.Functions.Tests.Telemetry;

/// <summary>Takes whatever comes, as the endpoint does: one item a line.</summary>
internal sealed class Ingestion : HttpMessageHandler
{
    /// <summary>What Azure Monitor's exporter needs as its connection string; nothing is sent there.</summary>
    public static (string Name, string Value) Setting => (
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint=http://127.0.0.1:9/;LiveEndpoint=http://127.0.0.1:9/");

    public ConcurrentQueue<JsonObject> Items { get; } = new();

    /// <summary>Lets the exporter of these services send here.</summary>
    public void Take(IServiceCollection services) => services.PostConfigure<AzureMonitorExporterOptions>(exporter =>
    {
        exporter.Transport = new HttpClientTransport(this);
        exporter.DisableOfflineStorage = true;
        exporter.EnableLiveMetrics = false;
        // Else it asks the machine's metadata service where it runs. No public member turns it off.
        typeof(AzureMonitorExporterOptions).GetProperty("EnableStatsbeat", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(exporter, false);
    });

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
