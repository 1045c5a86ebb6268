using System.Globalization;
using System.Net.Mime;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox.Site;

/// <summary>A stand-in for Azure Static Web Apps: serves the built site as its configuration file says.</summary>
public sealed partial class SandboxSite : IAsyncDisposable
{
    private readonly SandboxSiteOptions _options;
    private LoopbackServer _server = null!;

    private SandboxSite(SandboxSiteOptions options) => _options = options;

    /// <summary><c>http://localhost:{port}/</c></summary>
    public Uri Address => _server.Address;

    /// <summary>What it was asked.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Starts the hosting; the folder may come into being later.</summary>
    /// <exception cref="SandboxException">The port is taken.</exception>
    public static async Task<SandboxSite> StartAsync(SandboxSiteOptions options, CancellationToken cancellationToken)
    {
        var site = new SandboxSite(options);
        site._server = await LoopbackServer.StartAsync(
            new Port(options.Port, "the site", "SECUREZOOM_SITE_PORT"),
            (_, _) => { },
            site.Build,
            cancellationToken);
        return site;
    }

    /// <summary>Stops it.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Build(WebApplication application)
    {
        application.UseMiddleware<RequestLogMiddleware>(Requests, TimeProvider.System);
        application.Run(ServeAsync);
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (!File.Exists(Path.Combine(_options.Folder, StaticWebAppConfig.FileName)))
        {
            await Results
                .Text(
                    "<!doctype html><title>SecureZoom</title><h1>The site is not built yet</h1><p>Run <code>script/server</code>: it builds the site and starts the sandbox.</p>",
                    MediaTypeNames.Text.Html,
                    statusCode: StatusCodes.Status503ServiceUnavailable)
                .ExecuteAsync(context);
            return;
        }

        // Read each time: a rebuilt site is served by its own configuration without a restart.
        var config = await StaticWebAppConfig.ReadAsync(_options.Folder, context.RequestAborted);
        var path = context.Request.Path.Value ?? "/";
        var route = config.FindRoute(context.Request.Method, path);
        SetHeaders(context.Response, config, route);
        await Answer(context.Request, config, route, path).ExecuteAsync(context);
    }

    private IResult Answer(HttpRequest request, StaticWebAppConfig config, StaticWebAppConfig.Route? route, string path)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
        }

        // Nobody is signed in to the hosting: whoever asks is anonymous.
        if (route?.AllowedRoles is { Count: > 0 } roles && !roles.Contains("anonymous"))
        {
            return Override(config, StatusCodes.Status401Unauthorized);
        }

        if (route?.Redirect is { } target)
        {
            return new Redirection(target, route.StatusCode ?? StatusCodes.Status302Found);
        }

        if (route?.StatusCode is { } status and >= 400)
        {
            return Override(config, status);
        }

        return Find(config, route?.Rewrite ?? path)
            ?? (config.FindFallback(path) is { } fallback ? Find(config, fallback) : null)
            ?? Override(config, StatusCodes.Status404NotFound);
    }

    private IResult Override(StaticWebAppConfig config, int status)
    {
        if (config.ResponseOverrides.GetValueOrDefault(status.ToString(CultureInfo.InvariantCulture)) is not { } instead)
        {
            return Results.StatusCode(status);
        }

        if (instead.Redirect is { } target)
        {
            return new Redirection(target, instead.StatusCode ?? StatusCodes.Status302Found);
        }

        return instead.Rewrite is { } rewrite && Find(config, rewrite) is { } page
            ? new WithStatus(page, instead.StatusCode ?? status)
            : Results.StatusCode(instead.StatusCode ?? status);
    }

    private IResult? Find(StaticWebAppConfig config, string path)
    {
        if (path == "/config.json")
        {
            return Results.Json(Settings());
        }

        using var files = new PhysicalFileProvider(_options.Folder);
        var file = files.GetFileInfo(path.EndsWith('/') ? $"{path}index.html" : path);
        if (!file.Exists || file.Name == StaticWebAppConfig.FileName || file.PhysicalPath is null)
        {
            return null;
        }

        var mimeType = config.MimeTypes.GetValueOrDefault(Path.GetExtension(file.Name))
            ?? (new FileExtensionContentTypeProvider().TryGetContentType(file.Name, out var known)
                ? known
                : MediaTypeNames.Application.Octet);
        var tag = $"\"{file.LastModified.Ticks ^ file.Length:x}\"";
        return Results.File(file.PhysicalPath, mimeType, null, file.LastModified, new EntityTagHeaderValue(tag), true);
    }

    private object Settings() => new
    {
        apiUrl = _options.Api.ToString().TrimEnd('/'),
        auth0 = new
        {
            domain = _options.Identity.GetLeftPart(UriPartial.Authority),
            clientId = _options.ClientId,
            audience = _options.Audience,
        },
        sandbox = _options.IsSandbox,
    };

    private void SetHeaders(HttpResponse response, StaticWebAppConfig config, StaticWebAppConfig.Route? route)
    {
        response.Headers.CacheControl = "public, must-revalidate, max-age=30";
        foreach (var (name, value) in config.GlobalHeaders.Concat(route?.Headers ?? new Dictionary<string, string>()))
        {
            response.Headers[name] = DefaultOrigin().Replace(value, origin => origin.ValueSpan.EndsWith("1")
                ? _options.Api.GetLeftPart(UriPartial.Authority)
                : _options.Identity.GetLeftPart(UriPartial.Authority));
        }
    }

    /// <summary>The app's and the identity provider's origins in the committed policy.</summary>
    [GeneratedRegex(@"http://localhost:707[12](?!\d)")]
    private static partial Regex DefaultOrigin();

    private sealed record Redirection(string Target, int Status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            httpContext.Response.Headers.Location = Target;
            return Task.CompletedTask;
        }
    }

    /// <summary>A page under a status of its own: file results answer 200 otherwise, and 304 and 206 to conditions.</summary>
    private sealed record WithStatus(IResult Page, int Status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var headers = httpContext.Request.Headers;
            headers.Remove(HeaderNames.IfNoneMatch);
            headers.Remove(HeaderNames.IfModifiedSince);
            headers.Remove(HeaderNames.Range);
            httpContext.Response.StatusCode = Status;
            return Page.ExecuteAsync(httpContext);
        }
    }
}
