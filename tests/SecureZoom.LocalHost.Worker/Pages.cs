using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace SecureZoom.LocalHost.Worker;

/// <summary>Functions that requests trigger, one for every way of being routed, bound and broken.</summary>
public sealed partial class Pages(Stage stage, IConfiguration settings, ILogger<Pages> logger)
{
    [Function(nameof(Echo))]
    public static IResult Echo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "echo")] HttpRequest request, FunctionContext context)
    {
        var connection = request.HttpContext.Connection;
        return Results.Json(new
        {
            Url = $"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}",
            request.Method,
            Caller = $"{connection.RemoteIpAddress}:{connection.RemotePort}",
            Headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
            context.InvocationId,
            context.TraceContext.TraceParent,
            context.TraceContext.TraceState,
            Environment.ProcessId,
        });
    }

    [Function(nameof(GetItem))]
    public static IResult GetItem([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id:long}")] HttpRequest request, long id) =>
        Results.Text($"{nameof(GetItem)} {id}");

    [Function(nameof(DeleteItem))]
    public static IResult DeleteItem([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "items/{id:long}")] HttpRequest request, int id) =>
        Results.Text($"{nameof(DeleteItem)} {id}");

    [Function(nameof(GetNewestItem))]
    public static IResult GetNewestItem([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/newest")] HttpRequest request) =>
        Results.Text(nameof(GetNewestItem));

    [Function(nameof(GetFile))]
    public static IResult GetFile([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{name?}")] HttpRequest request, string? name) =>
        Results.Text($"{nameof(GetFile)} {name}");

    [Function(nameof(GetPage))]
    public static IResult GetPage([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pages/{number:int?}")] HttpRequest request, int? number) =>
        Results.Text($"{nameof(GetPage)} {number}");

    [Function(nameof(GetKey))]
    public static IResult GetKey([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "keys/{key}")] HttpRequest request, Guid key) =>
        Results.Text($"{nameof(GetKey)} {key}");

    [Function(nameof(GetTree))]
    public static IResult GetTree([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tree/{*path}")] HttpRequest request, string? path) =>
        Results.Text($"{nameof(GetTree)} {path}");

    [Function(nameof(Anything))]
    public static IResult Anything([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text(request.Method);

    [Function(nameof(Sloppy))]
    public static IResult Sloppy([HttpTrigger(AuthorizationLevel.Anonymous, "options", "head", "get")] HttpRequest request) => Results.Text(nameof(Sloppy));

    [Function(nameof(Nothing))]
    public static void Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
    }

    [Function(nameof(Blank))]
    public static IResult Blank(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "blank/{bytes:int}")] HttpRequest request, int bytes) =>
        Results.Bytes(new byte[bytes], "application/json");

    [Function(nameof(Setting))]
    public IResult Setting([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "settings/{name}")] HttpRequest request, string name) =>
        Results.Text(settings[name]);

    [Function(nameof(Hash))]
    public static async Task<IResult> Hash(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, CancellationToken cancellationToken) =>
        Results.Bytes(await SHA256.HashDataAsync(request.Body, cancellationToken));

    [Function(nameof(Act))]
    public async Task<IResult> Act(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "act/{cue}")] HttpRequest request, string cue, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers["Secret"] = "half an answer";
        await stage.EnterAsync(cue, null, cancellationToken);
        return Results.Text("done");
    }

    [Function(nameof(Flow))]
    public async Task Flow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "flow/{cue}")] HttpRequest request, string cue, CancellationToken cancellationToken)
    {
        await request.HttpContext.Response.WriteAsync("first\n", cancellationToken);
        await request.HttpContext.Response.Body.FlushAsync(cancellationToken);
        await stage.EnterAsync(cue, null, cancellationToken);
        await request.HttpContext.Response.WriteAsync("second\n", cancellationToken);
    }

    [Function(nameof(Flood))]
    public async Task Flood(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "flood/{cue}")] HttpRequest request, string cue, CancellationToken cancellationToken)
    {
        var page = new byte[64 * 1024];
        var clock = Stopwatch.StartNew();
        try
        {
            while (true)
            {
                await request.HttpContext.Response.Body.WriteAsync(page, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await stage.EnterAsync(cue, clock.Elapsed, CancellationToken.None);
            throw;
        }
    }

    [Function(nameof(Speak))]
    public void Speak([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        foreach (var level in Enum.GetValues<LogLevel>().Where(level => level != LogLevel.None))
        {
            Say(logger, level, level);
        }
    }

    [LoggerMessage("Spoken as {Name}")]
    private static partial void Say(ILogger logger, LogLevel level, LogLevel name);
}
