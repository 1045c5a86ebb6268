using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests.Functions;

/// <summary>A function for every way in which a request can be bound.</summary>
public sealed class Pages(Script script)
{
    [Function("Echo")]
    public Task<IResult> Echo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "echo")] HttpRequest request,
        FunctionContext context, CancellationToken cancellationToken) =>
        script.ActAsync(context, (request, cancellationToken));

    [Function("GetItem")]
    public Task<IResult> GetItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id:long}")] HttpRequest request,
        FunctionContext context, long id) => script.ActAsync(context, id);

    [Function("DeleteItem")]
    public Task<IResult> DeleteItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "items/{id:long}")] HttpRequest request,
        FunctionContext context, int id) => script.ActAsync(context, id);

    [Function("GetNewestItem")]
    public Task<IResult> GetNewestItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/newest")] HttpRequest request,
        FunctionContext context) => script.ActAsync(context);

    [Function("GetFile")]
    public Task<IResult> GetFile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{name?}")] HttpRequest request,
        FunctionContext context, string? name) => script.ActAsync(context, name);

    [Function("GetPage")]
    public Task<IResult> GetPage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pages/{number:int?}")] HttpRequest request,
        FunctionContext context, int? number) => script.ActAsync(context, number);

    [Function("GetKey")]
    public Task<IResult> GetKey(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "keys/{key}")] HttpRequest request,
        FunctionContext context, Guid key) => script.ActAsync(context, key);

    [Function("anything")]
    public static IResult Anything([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
        Results.Text(request.Method);

    [Function("nothing")]
    public static void Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
    }

    [Function("direct")]
    public static Task Direct([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        request.HttpContext.Response.WriteAsync("written by the function");

    [Function("sloppy")]
    public static IResult Sloppy([HttpTrigger(AuthorizationLevel.Anonymous, "options", "head", "get")] HttpRequest request) =>
        Results.Text("sloppy");
}
