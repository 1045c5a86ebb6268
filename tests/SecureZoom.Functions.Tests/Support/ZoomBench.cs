using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Zoom;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>Zoom's client alone, as the app composes it, before a Zoom of its own.</summary>
internal sealed class ZoomBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ZoomBench(OwnZoom own, ServiceProvider services, LogCapture logs)
    {
        Own = own;
        Logs = logs;
        _services = services;
    }

    public OwnZoom Own { get; }

    public LogCapture Logs { get; }

    public ZoomApi Api => _services.GetRequiredService<ZoomApi>();

    public ZoomTokens Tokens => _services.GetRequiredService<ZoomTokens>();

    public ZoomAccount Account => _services.GetRequiredService<ZoomOptions>().Accounts[0];

    public int TokenRequests => Own.Zoom.Requests.Count("/oauth/token");

    public static async Task<ZoomBench> StartAsync(
        Cloud cloud,
        TimeProvider? time = null,
        Func<ZoomStandInOptions, ZoomStandInOptions>? change = null,
        Uri? api = null)
    {
        var own = await OwnZoom.StartAsync(cloud, change);
        var settings = cloud.Settings();
        foreach (var (name, value) in own.Settings)
        {
            settings[name] = value;
        }

        settings["Zoom:ApiBaseUrl"] = api?.AbsoluteUri ?? settings["Zoom:ApiBaseUrl"];
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var logs = new LogCapture();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace))
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton<ISecretSource, ConfigurationSecretSource>()
            .AddSingleton<SecretStore>()
            .AddMetrics()
            .AddSingleton<AppMetrics>()
            .AddZoom(new SettingsReader(configuration));
        return new ZoomBench(own, services.BuildServiceProvider(), logs);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Own.DisposeAsync();
    }
}
