using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Edge;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Fuzzing;

/// <summary>The app's functions behind its own middleware, called with a request in memory: no host, no network, thousands in seconds.</summary>
internal sealed class FunctionBench : IAsyncDisposable
{
    private readonly Tape _tape;

    private FunctionBench(App app, Tape tape, LogCapture errors)
    {
        App = app;
        Errors = errors;
        _tape = tape;
        Functions = typeof(Composition).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null))
            .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name, method => method, StringComparer.Ordinal);
    }

    /// <summary>The same app behind a host, to prepare what the functions are called about.</summary>
    public App App { get; }

    /// <summary>Those that go by every record of a trail: an answer in another's place would be a damaged trail.</summary>
    public static readonly IReadOnlySet<string> ReadsWhole = new HashSet<string>(StringComparer.Ordinal) { "audit-evidence", "audit-erasures-create" };

    /// <summary>What the app logged as its own errors.</summary>
    public LogCapture Errors { get; }

    /// <summary>Every function that a request calls, by name.</summary>
    public IReadOnlyDictionary<string, MethodInfo> Functions { get; }

    public static async Task<FunctionBench> StartAsync(Cloud cloud, OwnZoom zoom)
    {
        var tape = new Tape();
        LogCapture? errors = null;
        var app = await App.StartAsync(cloud, zoom.Settings, services =>
        {
            tape.Serve(services, cloud);
            errors = services.LogErrorsOnly();
        });
        return new FunctionBench(app, tape, errors!);
    }

    /// <summary>Calls a function as the worker would; storage and Zoom answer as they have answered before, but for those that read all of a trail.</summary>
    /// <returns>The status, and how long it took.</returns>
    public async Task<(int Status, TimeSpan Took)> CallAsync(string function, HttpContext http, CancellationToken cancellationToken)
    {
        if (!ReadsWhole.Contains(function))
        {
            _tape.Play();
        }

        var begun = Stopwatch.GetTimestamp();
        var method = Functions[function];
        var completed = new CompletedResponse();
        http.Features.Set<IHttpResponseFeature>(completed);
        http.Response.Body = new MemoryStream();
        http.RequestServices = App.Services;
        // Of the limits' own; otherwise most would be told to wait.
        using var limits = new CallLimits(TimeProvider.System);
        var access = ActivatorUtilities.CreateInstance<AccessMiddleware>(App.Services, limits);
        var edge = ActivatorUtilities.CreateInstance<ProblemDetailsMiddleware>(App.Services);
        await new TraceMiddleware().Invoke(
            new Invocation(function, method, http, App.Services, cancellationToken),
            traced => edge.Invoke(traced, context => access.Invoke(context, inner => RunAsync(inner, method, http, cancellationToken))));
        await completed.FireAsync();
        return (http.Response.StatusCode, Stopwatch.GetElapsedTime(begun));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private async Task RunAsync(FunctionContext context, MethodInfo method, HttpContext http, CancellationToken cancellationToken)
    {
        var instance = ActivatorUtilities.CreateInstance(App.Services, method.DeclaringType!);
        var arguments = method.GetParameters().Select(parameter => parameter.ParameterType switch
        {
            var type when type == typeof(HttpRequest) => http.Request,
            var type when type == typeof(CancellationToken) => cancellationToken,
            _ => http.Request.RouteValues[parameter.Name!],
        });
        var result = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, [.. arguments], culture: null);
        context.GetInvocationResult().Value = result is Task<IResult> task ? await task : result;
    }

    /// <summary>A response that does what was registered for its end.</summary>
    private sealed class CompletedResponse : HttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Callback, object State)> _callbacks = new();

        public override void OnCompleted(Func<object, Task> callback, object state) => _callbacks.Push((callback, state));

        public async Task FireAsync()
        {
            while (_callbacks.TryPop(out var registered))
            {
                await registered.Callback(registered.State);
            }
        }
    }
}
