using System.Net;
using System.Runtime.CompilerServices;
using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Storage;
using SecureZoom.LocalHost;
using SecureZoom.LocalHost.Hosting;
using SecureZoom.LocalHost.Protocol;
using SecureZoom.LocalHost.Settings;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>The whole app in the genuine worker, composed as in production, inside this process, with a host of its own on a free port.</summary>
public sealed class App : IAsyncDisposable
{
    // One gRPC server for all the apps of this process: their ids tell them apart.
    private static readonly Lazy<Task<WorkerEndpoint>> Endpoint =
        new(() => WorkerEndpoint.StartAsync(NullLoggerFactory.Instance, CancellationToken.None));

    private static readonly NeverDue Timers = new();

    // host.json asks for less.
    private static readonly Dictionary<string, string?> LogEverything = new()
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Azure.Core"] = "Trace",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Trace",
    };

    private readonly Cloud _cloud;
    private readonly IHost _worker;
    private readonly FunctionHost _host;

    private App(Cloud cloud, IHost worker, FunctionHost host, LogCapture logs)
    {
        _cloud = cloud;
        _worker = worker;
        _host = host;
        Logs = logs;
        Http = new HttpClient { BaseAddress = new Uri($"{host.Address}/api/") };
    }

    /// <summary>Calls below <c>/api/</c>, without a token.</summary>
    public HttpClient Http { get; }

    /// <summary>Everything that the app logged, at every level.</summary>
    public LogCapture Logs { get; }

    public IServiceProvider Services => _worker.Services;

    /// <param name="settings">Settings that differ from <see cref="Cloud.Settings"/>; null takes one away.</param>
    /// <param name="services">Parts that differ.</param>
    public static Task<App> StartAsync(
        Cloud cloud, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        // What the test has in its context, such as a span, is none of the app's.
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => StartApartAsync(cloud, settings ?? [], services, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Calls in somebody's name.</summary>
    public Person As(Account account, TokenOverrides? overrides = null) =>
        new(Http, _cloud.Identity.MintToken(account, overrides));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.StopAsync(TimeSpan.FromSeconds(30));
        await _worker.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
        var (words, locked) = (_worker.Services.GetRequiredService<TrailWords>(), _worker.Services.GetRequiredService<LockedCheckpoints>());
        _worker.Dispose();
        words.Check();
        locked.Check();
    }

    /// <summary>The worker asks the environment, which all apps of this process share, where its functions are.</summary>
    [ModuleInitializer]
    internal static void SayWhereTheAppIs() =>
        Environment.SetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY", AppContext.BaseDirectory);

    private static async Task<App> StartApartAsync(
        Cloud cloud, Dictionary<string, string?> settings, Action<IServiceCollection>? services, CancellationToken cancellationToken)
    {
        var logs = new LogCapture();
        var endpoint = await Endpoint.Value;
        var channel = endpoint.Expect();
        var worker = BuildWorker(endpoint, channel, settings: [.. LogEverything, .. cloud.Settings(), .. settings], logs, services);
        await worker.StartAsync(cancellationToken);
        await channel.InitializeAsync(AppContext.BaseDirectory, cancellationToken);
        // The worker names one address for all apps of a process; each listens on its own.
        channel.HttpAddress = new Uri(worker.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        var hostSettings = HostSettings.Read(AppContext.BaseDirectory, AppContext.BaseDirectory, ["--port", "0"]) with
        {
            Values = new ConfigurationBuilder().AddInMemoryCollection(cloud.Settings()).Build(),
            CorsOrigins = [settings.GetValueOrDefault("Site:Url") ?? cloud.Settings()["Site:Url"]!],
        };
        var host = new FunctionHost(hostSettings, channel.Functions, _ => Task.FromResult(channel), Timers, NullLoggerFactory.Instance);
        await host.StartAsync(cancellationToken);
        await ReadCustomersAsync(worker.Services, cancellationToken);
        return new App(cloud, worker, host, logs);
    }

    /// <summary>What the app's middleware does before each call, for tests that call its parts.</summary>
    private static async Task ReadCustomersAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<CustomerList>().ReadAsync(cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // Which is what such a test is about.
        }
    }

    private static BlobServiceClient Blobs(string connection, LockedCheckpoints locked)
    {
        var options = StorageConnection.BlobOptions();
        options.AddPolicy(locked, HttpPipelinePosition.PerCall);
        return new BlobServiceClient(connection, options);
    }

    private static IHost BuildWorker(
        WorkerEndpoint endpoint, WorkerChannel channel, KeyValuePair<string, string?>[] settings, LogCapture logs, Action<IServiceCollection>? services)
    {
        var builder = FunctionsApplication.CreateBuilder(
        [
            // A process may watch few files.
            "--hostBuilder:reloadConfigOnChange=false",
            $"--Functions:Worker:HostEndpoint={endpoint.Address}",
            $"--Functions:Worker:RequestId={channel.Id}",
            $"--Functions:Worker:WorkerId={channel.Id}",
            $"--Functions:Worker:GrpcMaxMessageLength={WorkerChannel.MaxMessageLength}",
        ]);
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.ConfigureFunctionsWebApplication();
        builder.AddSecureZoom();
        builder.Services
            .AddSingleton<TrailWords>()
            .AddSingleton<IAuditConsequence>(provider => provider.GetRequiredService<TrailWords>())
            .AddSingleton<LockedCheckpoints>()
            .AddSingleton(provider => Blobs(builder.Configuration["Audit"]!, provider.GetRequiredService<LockedCheckpoints>()))
            // The worker finds these by itself in the assembly that was started: here it is the tests'.
            .AddSingleton<IFunctionExecutor, DirectFunctionExecutor>()
            .AddSingleton<IFunctionMetadataProvider, GeneratedFunctionMetadataProvider>()
            .AddSingleton<IHostLifetime, NoLifetime>()
            .Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        services?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>A clock that stands still, so that no timer signs or removes anything between a test's steps: a test that is about one runs it.</summary>
    private sealed class NeverDue : TimeProvider
    {
        private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
