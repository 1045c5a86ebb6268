using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.LocalHost.Tests.Functions;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class MiddlewareTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Middleware_wraps_in_the_order_of_its_registration()
    {
        var steps = new ConcurrentQueue<string>();
        var test = new TestHost(typeof(Pages));
        test.Builder.UseMiddleware(async (_, next) =>
        {
            steps.Enqueue("first in");
            await next();
            steps.Enqueue("first out");
        });
        test.Builder.Use(next => async context =>
        {
            steps.Enqueue("second in");
            await next(context);
            steps.Enqueue("second out");
        });
        await using var host = await test.StartAsync(async (_, _) => steps.Enqueue("function"));

        await host.Client.GetStringAsync("/api/echo", Cancelled);

        Assert.Equal(["first in", "second in", "function", "second out", "first out"], steps);
    }

    [Fact]
    public async Task Middleware_classes_are_singletons_and_may_be_used_for_some_functions_only()
    {
        var test = new TestHost(typeof(Pages));
        test.Builder.UseMiddleware<Counter>();
        test.Builder.UseWhen<Marker>(context => context.FunctionDefinition.Name == "GetFile");
        await using var host = await test.StartAsync(async (context, _) =>
            Results.Text($"{context.Items["count"]} {context.Items.ContainsKey("mark")}"));

        Assert.Equal("1 False", await host.Client.GetStringAsync("/api/echo", Cancelled));
        Assert.Equal("2 True", await host.Client.GetStringAsync("/api/files", Cancelled));
    }

    [Fact]
    public async Task Middleware_refuses_by_leaving_a_result_and_not_calling_next()
    {
        var ran = false;
        var test = new TestHost(typeof(Pages));
        test.Builder.UseMiddleware((context, _) =>
        {
            context.GetInvocationResult().Value = Results.Problem("no", statusCode: 403);
            return Task.CompletedTask;
        });
        await using var host = await test.StartAsync(async (_, _) => ran = true);

        using var response = await host.Client.GetAsync("/api/echo", Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.False(ran);
    }

    [Fact]
    public async Task Middleware_may_write_the_answer_itself()
    {
        var test = new TestHost(typeof(Pages));
        test.Builder.UseMiddleware((context, _) => context.GetHttpContext()!.Response.WriteAsync("mine", Cancelled));
        await using var host = await test.StartAsync(async (_, _) => { });

        Assert.Equal("mine", await host.Client.GetStringAsync("/api/echo", Cancelled));
    }

    [Fact]
    public async Task A_result_is_written_after_the_middleware_which_may_still_change_it_and_add_headers()
    {
        var test = new TestHost(typeof(Pages));
        test.Builder.UseMiddleware(async (context, next) =>
        {
            await next();
            var response = context.GetHttpContext()!.Response;
            response.Headers["Started"] = response.HasStarted.ToString();
            Assert.IsType<IResult>(context.GetInvocationResult().Value, exactMatch: false);
            context.GetInvocationResult().Value = Results.Text("changed");
        });
        await using var host = await test.StartAsync(async (_, _) => Results.Text("original"));

        using var response = await host.Client.GetAsync("/api/echo", Cancelled);

        Assert.Equal("changed", await response.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal("False", Assert.Single(response.Headers.GetValues("Started")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exception_reaches_middleware_as_it_was_thrown(bool beforeTheFirstAwait)
    {
        var test = new TestHost(typeof(Pages));
        test.Builder.UseMiddleware(async (context, next) =>
        {
            try
            {
                await next();
            }
            catch (InvalidTimeZoneException e)
            {
                context.GetInvocationResult().Value = Results.Text(e.Message);
            }
        });
        await using var host = await test.StartAsync((_, _) =>
        {
            var thrown = new InvalidTimeZoneException("as thrown");
            return beforeTheFirstAwait ? throw thrown : Task.FromException<IResult>(thrown);
        });

        Assert.Equal("as thrown", await host.Client.GetStringAsync("/api/echo", Cancelled));
        Assert.Empty(host.Log.Containing("failed"));
    }

    [Fact]
    public async Task One_scope_serves_the_whole_invocation_and_ends_with_it()
    {
        Scoped? inMiddleware = null;
        var test = new TestHost(typeof(ScopedPages));
        test.Builder.Services.AddScoped<Scoped>();
        test.Builder.UseMiddleware(async (context, next) =>
        {
            inMiddleware = context.InstanceServices.GetRequiredService<Scoped>();
            await next();
        });
        await using var host = await test.StartAsync(async (_, _) => { });

        var first = await host.Client.GetStringAsync("/api/scoped", Cancelled);
        Assert.Equal($"{inMiddleware!.Id} {inMiddleware.Id}", first);
        await Eventually.IsAsync(() => inMiddleware.Disposed);
        Assert.NotEqual(first, await host.Client.GetStringAsync("/api/scoped", Cancelled));
    }

    [Fact]
    public async Task The_context_describes_the_function_and_the_invocation()
    {
        FunctionContext? seen = null;
        await using var host = await new TestHost(typeof(Pages)).StartAsync(async (context, _) =>
        {
            context.Features.Set(new Scoped());
            seen = context;
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/items/42")
        {
            Headers = { { "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" } },
        };
        using var response = await host.Client.SendAsync(request, Cancelled);

        var definition = seen!.FunctionDefinition;
        Assert.Equal("GetItem", definition.Name);
        Assert.Equal("SecureZoom.LocalHost.Tests.Functions.Pages.GetItem", definition.EntryPoint);
        Assert.Equal(typeof(Pages).Assembly.Location, definition.PathToAssembly);
        Assert.Equal(definition.Id, seen.FunctionId);
        Assert.Equal(["request", "context", "id"], definition.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(typeof(long), definition.Parameters[2].Type);
        Assert.Equal(("request", "httpTrigger"), (definition.InputBindings["request"].Name, definition.InputBindings["request"].Type));
        Assert.Equal("42", seen.BindingContext.BindingData["id"]);
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", seen.TraceContext.TraceParent, StringComparison.Ordinal);
        Assert.Equal((0, 0), (seen.RetryContext.RetryCount, seen.RetryContext.MaxRetryCount));
        Assert.True(Guid.TryParse(seen.InvocationId, out _));
        Assert.NotNull(seen.Features.Get<Scoped>());
        Assert.Null(seen.Features.Get<Counter>());
    }

    public sealed class Counter : IFunctionsWorkerMiddleware
    {
        private int _count;

        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            context.Items["count"] = ++_count;
            return next(context);
        }
    }

    public sealed class Marker : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            context.Items["mark"] = true;
            return next(context);
        }
    }
}
