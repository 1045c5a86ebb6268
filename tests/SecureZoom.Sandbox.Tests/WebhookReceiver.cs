using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox.Tests;

/// <summary>An app that takes webhooks, checks their signature itself and answers what it is told to.</summary>
internal sealed class WebhookReceiver(string secret) : IAsyncDisposable
{
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly ConcurrentQueue<int> _answers = new();
    private LoopbackServer _server = null!;

    public Uri Address => new(_server.Address, "api/webhook");

    public static async Task<WebhookReceiver> StartAsync(string secret)
    {
        var receiver = new WebhookReceiver(secret);
        receiver._server = await LoopbackServer.StartAsync(
            new Port(0, "a test", ""),
            (_, _) => { },
            application => application.Run(receiver.ReceiveAsync),
            TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>The statuses to answer next; 200 after them.</summary>
    public void Answer(params int[] statuses)
    {
        foreach (var status in statuses)
        {
            _answers.Enqueue(status);
        }
    }

    public ValueTask<Received> NextAsync() => _received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public bool HasMore => _received.Reader.Count > 0;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        var timestamp = context.Request.Headers["x-zm-request-timestamp"].ToString();
        byte[] signed = [.. Encoding.ASCII.GetBytes($"v0:{timestamp}:"), .. bytes];
        var expected = $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
        await _received.Writer.WriteAsync(
            new Received(bytes, timestamp, context.Request.Headers["x-zm-signature"] == expected));
        context.Response.StatusCode = _answers.TryDequeue(out var status) ? status : 200;
        if (Json(bytes)?["payload"]?["plainToken"]?.ToString() is { } plainToken)
        {
            await context.Response.WriteAsJsonAsync(new
            {
                plainToken,
                encryptedToken = Convert.ToHexStringLower(
                    HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(plainToken))),
            });
        }
    }

    private static JsonNode? Json(byte[] bytes) => bytes is [(byte)'{', ..] ? JsonNode.Parse(bytes) : null;

    internal sealed record Received(byte[] Body, string Timestamp, bool IsSigned)
    {
        public JsonNode Event => JsonNode.Parse(Body)!;

        public string Name => (string)Event["event"]!;

        public JsonNode Meeting => Event["payload"]!["object"]!;
    }
}
