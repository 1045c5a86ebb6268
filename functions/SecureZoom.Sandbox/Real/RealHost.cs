using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Site;
using SecureZoom.Sandbox.Storage;

namespace SecureZoom.Sandbox.Real;

/// <summary>App, site and storage on one's own machine, with the real Zoom and Auth0.</summary>
public sealed class RealHost : IAsyncDisposable
{
    // Ended in the reverse order of their start.
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly Uri? _tunnel;

    private RealHost(Uri? tunnel) => _tunnel = tunnel;

    /// <summary>The site's hosting.</summary>
    public SandboxSite Site { get; private set; } = null!;

    /// <summary>The function app; null when somebody else runs it.</summary>
    public FunctionApp? App { get; private set; }

    /// <summary>The function app, <c>http://localhost:{port}/api/</c>.</summary>
    public Uri AppAddress { get; private set; } = null!;

    /// <summary>Azurite.</summary>
    public Azurite Storage { get; private set; } = null!;

    /// <summary>Starts every part and waits until each answers.</summary>
    /// <param name="options">Ports, folders, the tunnel.</param>
    /// <param name="ask">Asks for a value by its name, where it is found and whether it is secret; null where nobody can be asked.</param>
    /// <param name="report">Told what is going on, and what the app writes.</param>
    /// <param name="cancellationToken">Gives up the start and ends what was started.</param>
    /// <exception cref="SandboxException">A part could not be started, or a setting is missing; the message says what to do.</exception>
    public static async Task<RealHost> StartAsync(
        RealOptions options, Func<string, string, bool, string?>? ask, Action<string> report, CancellationToken cancellationToken)
    {
        var host = new RealHost(options.Tunnel);
        try
        {
            await host.StartPartsAsync(options, ask is null ? null : value => ask(value.Name, value.Where, value.IsSecret), report, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>What to tell whoever started it: the addresses, and what to enter where.</summary>
    public string Welcome() => $"""
        SecureZoom is ready, with your accounts at Zoom and Auth0
          site               {Site.Address.GetLeftPart(UriPartial.Authority)}
          function app       {AppAddress.ToString().TrimEnd('/')}
          webhooks           {(_tunnel is null ? "none: SECUREZOOM_TUNNEL names a tunnel's address" : new Uri(_tunnel, "api/webhook"))}
        At Auth0 the application allows {Site.Address.GetLeftPart(UriPartial.Authority)}/callback; at Zoom the events go to the address of webhooks.
        script/doctor says what is wrong, with SECUREZOOM_DATA=.real. Ctrl+C ends all parts.
        """;

    /// <summary>Waits for the end.</summary>
    /// <param name="stop">Asks for the end.</param>
    /// <exception cref="SandboxException">A child process has ended by itself; the message holds its last output.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var asked = Task.Delay(Timeout.Infinite, stop);
        var ended = await Task.WhenAny(asked, App?.Exited ?? asked, Storage.Exited);
        if (!stop.IsCancellationRequested)
        {
            var (part, output) = ended == Storage.Exited ? ("Azurite", Storage.Output) : ("The function app", App!.Output);
            throw new SandboxException($"{part} ended unexpectedly. Its last output:{Environment.NewLine}{output}");
        }
    }

    /// <summary>Ends every part.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }

    private async Task StartPartsAsync(RealOptions options, Func<RealValue, string?>? ask, Action<string> report, CancellationToken cancellationToken)
    {
        var parts = options.Parts;
        Hold(DataFolder.Open(parts.Data));
        var settings = await RealSettings.LoadAsync(options, ask, cancellationToken);
        var keys = await SandboxSecrets.LoadAsync(parts.Data, cancellationToken);
        var appPort = parts.IsAppExternal ? parts.AppPort : new Port(parts.AppPort, "the function app", "SECUREZOOM_APP_PORT").Claim();
        AppAddress = FunctionApp.AddressOf(appPort);
        Site = Hold(await SandboxSite.StartAsync(
            new SandboxSiteOptions
            {
                Port = parts.SitePort,
                Folder = parts.Site,
                Api = AppAddress,
                Identity = settings.Identity,
                ClientId = settings[RealValue.Auth0ClientId],
                Audience = settings["Auth0__Audience"],
                IsSandbox = false,
            },
            cancellationToken));
        report("Starting Azurite ...");
        Storage = Hold(await Azurite.StartAsync(
            new AzuriteOptions { BlobPort = parts.BlobPort, QueuePort = parts.QueuePort, TablePort = parts.TablePort, Folder = Path.Combine(parts.Data, "azurite") },
            cancellationToken));
        await AppSettings.WriteAsync(parts.Data, settings.ForApp(keys, Storage.ConnectionString, Site.Address), appPort, Site.Address, cancellationToken);
        if (parts.IsAppExternal)
        {
            await FunctionApp.WhenHealthyAsync(AppAddress, cancellationToken);
            return;
        }

        report("Starting the function app ...");
        App = Hold(await FunctionApp.StartAsync(
            new FunctionAppOptions { Port = appPort, Folder = parts.Data, Published = parts.PublishedApp, OnOutput = report }, cancellationToken));
    }

    private T Hold<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
