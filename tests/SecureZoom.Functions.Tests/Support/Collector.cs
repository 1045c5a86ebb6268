using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>An OpenTelemetry collector (OTLP over HTTP) that keeps what it is sent.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<(string Path, string Body)> _received;

    private Collector(WebApplication server, ConcurrentQueue<(string Path, string Body)> received)
    {
        _server = server;
        _received = received;
    }

    public Uri Address => new(_server.Urls.First());

    public static async Task<Collector> StartAsync()
    {
        var received = new ConcurrentQueue<(string, string)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            // Protocol buffers write strings as they are.
            using var reader = new StreamReader(request.Body, Encoding.Latin1);
            received.Enqueue((request.Path, await reader.ReadToEndAsync(request.HttpContext.RequestAborted)));
            return Results.Bytes([], "application/x-protobuf");
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new Collector(server, received);
    }

    /// <param name="signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
    public string Text(string signal) => string.Concat(_received.Where(one => one.Path == $"/v1/{signal}").Select(one => one.Body));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
