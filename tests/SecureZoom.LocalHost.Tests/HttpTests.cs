using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using SecureZoom.LocalHost.Tests.Functions;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class HttpTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Functions_with_one_route_and_different_methods_live_side_by_side()
    {
        await using var host = await new TestHost(typeof(Pages)).StartAsync(async (context, input) =>
            Results.Text($"{context.FunctionDefinition.Name} {input} {input!.GetType().Name}"));

        Assert.Equal("GetItem 7 Int64", await host.Client.GetStringAsync("/api/items/7", Cancelled));
        using var deleted = await host.Client.DeleteAsync("/api/items/8", Cancelled);
        Assert.Equal("DeleteItem 8 Int32", await deleted.Content.ReadAsStringAsync(Cancelled));
    }

    [Theory]
    [InlineData("POST", "/api/items/7")]
    [InlineData("GET", "/api/unknown")]
    [InlineData("GET", "/items/7")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/api/items/seven")]
    [InlineData("HEAD", "/api/echo")]
    [InlineData("OPTIONS", "/api/echo")]
    [InlineData("HEAD", "/api/sloppy")]
    [InlineData("OPTIONS", "/api/sloppy")]
    [InlineData("HEAD", "/api/anything")]
    public async Task What_the_host_does_not_route_is_an_empty_404_that_functions_never_see(string method, string path)
    {
        var seen = 0;
        var test = new TestHost(typeof(Pages));
        test.Builder.Use(next => context =>
        {
            Interlocked.Increment(ref seen);
            return next(context);
        });
        await using var host = await test.StartAsync(async (_, _) => Results.Text("seen"));

        using var request = new HttpRequestMessage(new(method), path);
        using var response = await host.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal(0, seen);
        Assert.Null(response.Content.Headers.ContentType);
        Assert.Empty(response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/api/items/newest", "GetNewestItem ")]
    [InlineData("/api/files", "GetFile ")]
    [InlineData("/api/files/a%20b", "GetFile a b")]
    [InlineData("/api/pages", "GetPage ")]
    [InlineData("/api/pages/3", "GetPage 3")]
    [InlineData("/api/keys/0f8fad5b-d9cb-469f-a165-70867728950e", "GetKey 0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("/api/anything", "GET")]
    [InlineData("/API/Sloppy", "sloppy")]
    [InlineData("/api/nothing", "")]
    [InlineData("/api/direct", "written by the function")]
    public async Task Route_templates_and_parameters_are_read_as_the_host_reads_them(string path, string expected)
    {
        await using var host = await new TestHost(typeof(Pages)).StartAsync(async (context, input) =>
            Results.Text($"{context.FunctionDefinition.Name} {input}"));

        Assert.Equal(expected, await host.Client.GetStringAsync(path, Cancelled));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("POST")]
    public async Task A_trigger_without_methods_takes_them_all(string method)
    {
        await using var host = await new TestHost(typeof(Pages)).StartAsync(async (_, _) => { });

        using var request = new HttpRequestMessage(new(method), "/api/anything");
        using var response = await host.Client.SendAsync(request, Cancelled);

        Assert.Equal(method, await response.Content.ReadAsStringAsync(Cancelled));
    }

    [Theory]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "v2/app" } } /* a comment */ }""", "/v2/app/echo")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "" } } }""", "/echo")]
    [InlineData("""{ "version": "2.0" }""", "/api/echo")]
    public async Task The_route_prefix_comes_from_host_json(string hostJson, string path)
    {
        await using var host = await new TestHost(typeof(Pages), hostJson).StartAsync(async (context, _) =>
            Results.Text(context.FunctionDefinition.Name));

        Assert.Equal("Echo", await host.Client.GetStringAsync(path, Cancelled));
    }

    [Fact]
    public async Task A_function_sees_the_callers_path_host_and_scheme()
    {
        await using var host = await new TestHost(typeof(Pages)).StartAsync(async (context, input) =>
        {
            var (request, _) = ((HttpRequest, CancellationToken))input!;
            return Results.Text($"{request.Scheme} {request.Host} {request.PathBase}{request.Path}{request.QueryString}");
        });

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/echo?a=b%2Fc") { Headers = { Host = "example.org:81" } };
        using var response = await host.Client.SendAsync(request, Cancelled);

        Assert.Equal("http example.org:81 /api/echo?a=b%2Fc", await response.Content.ReadAsStringAsync(Cancelled));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(3 * 1024 * 1024, false)]
    [InlineData(3 * 1024 * 1024, true)]
    [InlineData(40 * 1024 * 1024, true)]
    public async Task Raw_bodies_arrive_byte_for_byte(int length, bool chunked)
    {
        await using var host = await new TestHost(typeof(Pages)).StartAsync(async (context, _) =>
            Results.Bytes(await SHA256.HashDataAsync(context.GetRequest().Body)));
        var body = RandomNumberGenerator.GetBytes(length);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/echo") { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await host.Client.SendAsync(request, Cancelled);

        Assert.Equal(SHA256.HashData(body), await response.Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Fact]
    public async Task A_stream_reaches_the_client_as_it_is_flushed()
    {
        var firstArrived = new TaskCompletionSource();
        await using var host = await new TestHost(typeof(Pages)).StartAsync(async (_, _) => Results.Stream(async stream =>
        {
            await stream.WriteAsync("first\n"u8.ToArray());
            await stream.FlushAsync();
            await firstArrived.Task;
            await stream.WriteAsync("second\n"u8.ToArray());
        }));

        using var reader = new StreamReader(await host.Client.GetStreamAsync("/api/echo", Cancelled));
        Assert.Equal("first", await reader.ReadLineAsync(Cancelled));
        firstArrived.SetResult();
        Assert.Equal("second", await reader.ReadLineAsync(Cancelled));
    }

    [Fact]
    public async Task An_exception_that_nobody_catches_is_an_empty_500_and_a_line_in_the_log()
    {
        await using var host = await new TestHost(typeof(Pages)).StartAsync((context, _) =>
        {
            context.GetRequest().HttpContext.Response.Headers["Secret"] = "half an answer";
            throw new InvalidTimeZoneException("not for the client");
        });

        using var response = await host.Client.GetAsync("/api/echo", Cancelled);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.False(response.Headers.Contains("Secret"));
        Assert.Single(host.Log.Containing("Error: Function Echo failed InvalidTimeZoneException"));
    }

    [Fact]
    public async Task An_exception_after_the_answer_began_cuts_the_connection()
    {
        await using var host = await new TestHost(typeof(Pages)).StartAsync(async (_, _) => Results.Stream(async stream =>
        {
            await stream.WriteAsync("first\n"u8.ToArray());
            await stream.FlushAsync();
            throw new InvalidTimeZoneException();
        }));

        await Assert.ThrowsAnyAsync<Exception>(() => host.Client.GetStringAsync("/api/echo", Cancelled));
        Assert.Single(host.Log.Containing("Function Echo failed"));
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_the_function_and_is_no_failure()
    {
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource<bool>();
        await using var host = await new TestHost(typeof(Pages)).StartAsync(async (context, input) =>
        {
            var (request, token) = ((HttpRequest, CancellationToken))input!;
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled.SetResult(request.HttpContext.RequestAborted.IsCancellationRequested
                && context.CancellationToken.IsCancellationRequested);
            token.ThrowIfCancellationRequested();
            return Results.Ok();
        });

        using var leaving = new CancellationTokenSource();
        var call = host.Client.GetAsync("/api/echo", leaving.Token);
        await begun.Task.WaitAsync(Eventually.Deadline, Cancelled);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(await cancelled.Task.WaitAsync(Eventually.Deadline, Cancelled));
        Assert.Empty(host.Log.Containing("failed"));
    }
}
