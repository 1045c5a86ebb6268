using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>The whole app, composed as in production, on a free port.</summary>
public sealed class App : IAsyncDisposable
{
    private readonly Cloud _cloud;
    private readonly IHost _host;

    private App(Cloud cloud, IHost host, LogCapture logs)
    {
        _cloud = cloud;
        _host = host;
        Logs = logs;
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Http = new HttpClient { BaseAddress = new Uri($"{addresses.First()}/api/") };
    }

    /// <summary>Calls below <c>/api/</c>, without a token.</summary>
    public HttpClient Http { get; }

    /// <summary>Everything that the app logged, at every level.</summary>
    public LogCapture Logs { get; }

    public IServiceProvider Services => _host.Services;

    /// <param name="settings">Settings that differ from <see cref="Cloud.Settings"/>; null takes one away.</param>
    /// <param name="services">Parts that differ.</param>
    public static async Task<App> StartAsync(
        Cloud cloud, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        var logs = new LogCapture();
        var builder = FunctionsApplication.CreateBuilder(["--port", "0"]);
        var all = cloud.Settings();
        foreach (var category in (string[])["Default", "Azure.Core", "System.Net.Http.HttpClient"])
        {
            // host.json asks for less.
            all[$"Logging:LogLevel:{category}"] = "Trace";
        }

        foreach (var (name, value) in settings ?? [])
        {
            all[name] = value;
        }

        builder.Configuration.AddInMemoryCollection(all);
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.ConfigureFunctionsWebApplication();
        builder.AddSecureZoom();
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new App(cloud, host, logs);
    }

    /// <summary>Calls in somebody's name.</summary>
    public Person As(Account account, TokenOverrides? overrides = null) =>
        new(Http, _cloud.Identity.MintToken(account, overrides));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
