namespace SecureZoom.LocalHost.Http;

/// <summary>Kestrel on loopback: CORS, the functions' routes, an empty 404 for everything else.</summary>
internal sealed class HttpFront : IAsyncDisposable
{
    /// <summary>The largest body, in bytes, as in Azure.</summary>
    private const long MaxBody = 100 * 1024 * 1024;

    /// <summary>The longest headers, in bytes: what the worker takes, less those that the host adds.</summary>
    private const int MaxHeaders = 31 * 1024;

    /// <summary>The most headers: what the worker takes, less those that the host adds.</summary>
    private const int MaxHeaderCount = 100 - 4;

    /// <summary>The longest path and query that the worker takes, in bytes.</summary>
    private const int MaxTarget = 8 * 1024 - 32;

    // The host routes neither OPTIONS nor HEAD, whatever the function says.
    private static readonly string[] Routed = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    private readonly WebApplication _server;

    /// <param name="functions">Those of them that requests trigger are routed.</param>
    public HttpFront(HostSettings settings, IEnumerable<Function> functions, WorkerSource workers, ILoggerFactory loggers)
    {
        var builder = Loopback.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaders;
            kestrel.Limits.MaxRequestHeaderCount = MaxHeaderCount;
            Action<int> listen = settings.Port == 0 ? port => kestrel.Listen(IPAddress.Loopback, port) : kestrel.ListenLocalhost;
            listen(settings.Port);
        });
        builder.Services.AddCors().AddHttpForwarder().AddSingleton(loggers).AddSingleton(workers).AddSingleton<HttpInvoker>();
        _server = builder.Build();
        _server.UseCors(policy => (settings.CorsCredentials ? policy.AllowCredentials() : policy)
            .WithOrigins(settings.CorsOrigins).AllowAnyHeader().AllowAnyMethod());
        _server.UseRouting();
        _server.Run(RouteAsync);
        foreach (var function in functions.Where(function => function.Type == Function.Http))
        {
            _server.Map(Pattern(function, settings.RoutePrefix), RouteAsync)
                .WithMetadata(function, new HttpMethodMetadata(Methods(function)));
        }
    }

    /// <summary><c>http://localhost:{port}</c>, or <c>http://127.0.0.1:{port}</c> for a free port.</summary>
    public string Address => _server.Urls.First();

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    /// <summary>Takes no more requests and lets the running ones finish.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static RoutePattern Pattern(Function function, string prefix)
    {
        var route = $"{prefix}/{function.Text("route") ?? function.Name}".Trim('/');
        try
        {
            return RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException e)
        {
            throw new HostException($"Function '{function.Name}': '{route}' is no route: {e.Message}");
        }
    }

    private static IEnumerable<string> Methods(Function function) => function.List("methods") is { Length: > 0 } methods
        ? Routed.Intersect(methods, StringComparer.OrdinalIgnoreCase)
        : Routed;

    private static async Task RouteAsync(HttpContext context)
    {
        // As it goes on to the worker, which takes no longer ones; what a client should have encoded itself grows on the way.
        var target = RequestUtilities.MakeDestinationAddress("http://worker", context.Request.Path, context.Request.QueryString).PathAndQuery;
        if (target.Length <= MaxTarget && context.GetEndpoint()?.Metadata.GetMetadata<Function>() is { } function)
        {
            await context.RequestServices.GetRequiredService<HttpInvoker>().AnswerAsync(context, function);
            return;
        }

        context.Response.StatusCode = target.Length > MaxTarget ? StatusCodes.Status414UriTooLong : StatusCodes.Status404NotFound;
    }
}
