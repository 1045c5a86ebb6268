using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SecureZoom.Load;

/// <summary>A queue service that takes every message at once and keeps none: what is left of a call is the app's own work.</summary>
internal sealed class QueueStub : IAsyncDisposable
{
    private readonly WebApplication _server;

    private QueueStub(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.Single());

    public static async Task<QueueStub> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync(cancellationToken);
        return new QueueStub(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>As the Queue service's REST API answers Put Message, Get Messages, and all else.</summary>
    private static async Task AnswerAsync(HttpContext context)
    {
        var isMessages = context.Request.Path.Value!.EndsWith("/messages", StringComparison.Ordinal);
        var isPut = context.Request.Method == HttpMethods.Post;
        context.Response.StatusCode = isPut ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        context.Response.Headers["x-ms-request-id"] = context.TraceIdentifier;
        context.Response.Headers["x-ms-approximate-messages-count"] = "0";
        if (!isMessages)
        {
            return;
        }

        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var now = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        var message = isPut
            ? $"""
                <QueueMessage><MessageId>{Guid.NewGuid()}</MessageId><InsertionTime>{now}</InsertionTime><ExpirationTime>{now}</ExpirationTime>
                <PopReceipt>none</PopReceipt><TimeNextVisible>{now}</TimeNextVisible></QueueMessage>
                """
            : "";
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"utf-8\"?><QueueMessagesList>{message}</QueueMessagesList>", context.RequestAborted);
    }
}
