using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace SecureZoom.Load;

/// <summary>Stands in front of a server, counts what is asked of it, and refuses what is over its limits in any one second.</summary>
internal sealed class LimitedServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 256 });
    private readonly ConcurrentDictionary<(string Key, long Second), int> _taken = new();
    private readonly Uri _behind;
    private readonly Limits _limits;
    private int _requests;
    private int _refused;

    private LimitedServer(WebApplication server, Uri behind, Limits limits) => (_server, _behind, _limits) = (server, behind, limits);

    public Uri Address => new(_server.Urls.Single());

    /// <summary>All that were asked, those that were refused too.</summary>
    public int Requests => _requests;

    public int Refused => _refused;

    /// <summary>The most that one key took in one second.</summary>
    public int Most => _taken.Values.DefaultIfEmpty().Max();

    public static async Task<LimitedServer> StartAsync(Uri behind, Limits limits, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddHttpForwarder();
        var limited = new LimitedServer(builder.Build(), behind, limits);
        limited._server.Run(limited.AnswerAsync);
        await limited._server.StartAsync(cancellationToken);
        return limited;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    /// <summary>Begins to count anew.</summary>
    public void Forget()
    {
        (_requests, _refused) = (0, 0);
        _taken.Clear();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8, leaveOpen: true);
        var (key, count) = _limits.Measure(context.Request, await reader.ReadToEndAsync(context.RequestAborted));
        context.Request.Body.Position = 0;
        Interlocked.Increment(ref _requests);
        var taken = _taken.AddOrUpdate((key, Environment.TickCount64 / 1_000), count, (_, before) => before + count);
        if (taken <= _limits.PerSecond)
        {
            await context.RequestServices.GetRequiredService<IHttpForwarder>()
                .SendAsync(context, _behind.ToString(), _client, ForwarderRequestConfig.Empty, AsItIs.Instance, context.RequestAborted);
            return;
        }

        Interlocked.Increment(ref _refused);
        context.Response.StatusCode = _limits.Status;
        context.Response.Headers.RetryAfter = "1";
        if (_limits.Code is { } code)
        {
            context.Response.Headers["x-ms-request-id"] = context.TraceIdentifier;
            context.Response.Headers["x-ms-error-code"] = code;
        }
    }

    /// <summary>Keeps the target letter for letter, since it is a part of what storage's clients sign.</summary>
    private sealed class AsItIs : HttpTransformer
    {
        public static readonly AsItIs Instance = new();

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var target = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            proxyRequest.RequestUri = new Uri(destinationPrefix.TrimEnd('/') + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        }
    }
}
