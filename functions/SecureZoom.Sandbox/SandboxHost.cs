using System.Globalization;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Sandbox.Site;
using SecureZoom.Sandbox.Storage;
using SecureZoom.Sandbox.Zoom;
using SecureZoom.Verification.Log;
using SecureZoom.Witness;

namespace SecureZoom.Sandbox;

/// <summary>The whole product on one machine: every part, started, connected and ended together.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    // Ended in the reverse order of their start.
    private readonly Stack<IAsyncDisposable> _parts = new();

    private SandboxHost()
    {
    }

    /// <summary>The identity provider.</summary>
    public IdentityProvider Identity { get; private set; } = null!;

    /// <summary>The Zoom stand-in.</summary>
    public ZoomStandIn Zoom { get; private set; } = null!;

    /// <summary>The site's hosting; null when somebody else serves the site.</summary>
    public SandboxSite? Site { get; private set; }

    /// <summary>The site, <c>http://localhost:{port}/</c>.</summary>
    public Uri SiteAddress { get; private set; } = null!;

    /// <summary>Who cosigns the audit trails' checkpoints.</summary>
    public WitnessServer Witness { get; private set; } = null!;

    /// <summary>Azurite.</summary>
    public Azurite Storage { get; private set; } = null!;

    /// <summary>The function app; null when somebody else runs it.</summary>
    public FunctionApp? App { get; private set; }

    /// <summary>The function app, <c>http://localhost:{port}/api/</c>.</summary>
    public Uri AppAddress { get; private set; } = null!;

    /// <summary>The secrets that the parts share.</summary>
    public SandboxSecrets Secrets { get; private set; } = null!;

    /// <summary>Starts every part and waits until each answers.</summary>
    /// <param name="options">Ports and folders.</param>
    /// <param name="report">Told what is going on, and what the app writes.</param>
    /// <param name="cancellationToken">Gives up the start and ends what was started.</param>
    /// <exception cref="SandboxException">A part could not be started; the message says what to do.</exception>
    public static async Task<SandboxHost> StartAsync(
        SandboxOptions options,
        Action<string> report,
        CancellationToken cancellationToken)
    {
        var sandbox = new SandboxHost();
        try
        {
            await sandbox.StartPartsAsync(options, report, cancellationToken);
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>What to tell whoever started it: the addresses and the accounts.</summary>
    public string Welcome()
    {
        var accounts = Accounts.All.Select(account => string.Create(
            CultureInfo.InvariantCulture,
            $"  {account.Email,-24} {account.OrganizationName ?? "-",-10} {account.Group ?? "-"}"));
        return $"""
            SecureZoom is ready
              site               {SiteAddress.GetLeftPart(UriPartial.Authority)}
              function app       {AppAddress.ToString().TrimEnd('/')}
              identity provider  {Identity.Address}
              Zoom               {Zoom.Address}
            Sign in with one of these accounts, password "{Account.Password}":
            {string.Join(Environment.NewLine, accounts)}
            Ctrl+C ends all parts.
            """;
    }

    /// <summary>Waits for the end.</summary>
    /// <param name="stop">Asks for the end.</param>
    /// <exception cref="SandboxException">A child process has ended by itself; the message holds its last output.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var asked = Task.Delay(Timeout.Infinite, stop);
        var app = App?.Exited ?? asked;
        var ended = await Task.WhenAny(asked, app, Storage.Exited);
        if (stop.IsCancellationRequested)
        {
            return;
        }

        var (part, code, output) = ended == app
            ? ("The function app", await App!.Exited, App.Output)
            : ("Azurite", await Storage.Exited, Storage.Output);
        throw new SandboxException(
            $"{part} ended unexpectedly with exit code {code}. Its last output:{Environment.NewLine}{output}");
    }

    /// <summary>Ends every part.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }

    private async Task StartPartsAsync(SandboxOptions options, Action<string> report, CancellationToken cancellationToken)
    {
        Hold(DataFolder.Open(options.Data));
        Secrets = await SandboxSecrets.LoadAsync(options.Data, cancellationToken);

        var sitePort = options.IsSiteExternal
            ? options.SitePort
            : new Port(options.SitePort, "the site", "SECUREZOOM_SITE_PORT").Claim();
        var appPort = options.IsAppExternal
            ? options.AppPort
            : new Port(options.AppPort, "the function app", "SECUREZOOM_APP_PORT").Claim();
        SiteAddress = new Uri($"http://localhost:{sitePort}");
        AppAddress = FunctionApp.AddressOf(appPort);

        Identity = Hold(await IdentityProvider.StartAsync(
            new IdentityProviderOptions
            {
                Port = options.IdentityPort,
                Site = SiteAddress,
                KeyFile = Path.Combine(options.Data, "identity.json"),
                EventTarget = AppAddress,
                OktaSecret = Secrets["okta-event-hook-secret"],
                Auth0Secret = Secrets["auth0-log-stream-secret"],
                SystemLogToken = Secrets["okta-system-log-token"],
                ManagementSecret = Secrets["auth0-management-secret"],
            },
            cancellationToken));
        Zoom = Hold(await ZoomStandIn.StartAsync(
            new ZoomStandInOptions
            {
                Port = options.ZoomPort,
                AccountId = Secrets["zoom-account-id"],
                ClientId = Secrets["zoom-client-id"],
                ClientSecret = Secrets["zoom-client-secret"],
                WebhookSecret = Secrets["zoom-webhook-secret"],
                WebhookTarget = new Uri(AppAddress, "webhook"),
                DataFile = Path.Combine(options.Data, "zoom.json"),
            },
            cancellationToken));
        if (!options.IsSiteExternal)
        {
            Site = Hold(await SandboxSite.StartAsync(
                new SandboxSiteOptions
                {
                    Port = sitePort,
                    Folder = options.Site,
                    Api = AppAddress,
                    Identity = Identity.Address,
                },
                cancellationToken));
        }

        report("Starting Azurite ...");
        Storage = Hold(await Azurite.StartAsync(
            new AzuriteOptions
            {
                BlobPort = options.BlobPort,
                QueuePort = options.QueuePort,
                TablePort = options.TablePort,
                Folder = Path.Combine(options.Data, "azurite"),
            },
            cancellationToken));

        var log = new NoteSigner(AppSettings.AuditOrigin, Convert.FromBase64String(Secrets["audit-note-key"])).Key;
        Witness = Hold(await StartWitnessAsync(
            new WitnessOptions(Path.Combine(options.Data, "witness"), "localhost/witness", options.WitnessPort, [log]), cancellationToken));
        var settings = AppSettings.Create(
            Secrets, Storage.ConnectionString, Identity.Address, Zoom.Address, SiteAddress, Witness);
        await AppSettings.WriteAsync(options.Data, settings, appPort, SiteAddress, cancellationToken);
        if (options.IsAppExternal)
        {
            report($"Waiting for the function app at {AppAddress}; its settings are in {options.Data} ...");
            await FunctionApp.WhenHealthyAsync(AppAddress, cancellationToken);
        }
        else
        {
            report("Starting the function app ...");
            App = Hold(await FunctionApp.StartAsync(
                new FunctionAppOptions
                {
                    Port = appPort,
                    Folder = options.Data,
                    Published = options.PublishedApp,
                    UsesCoreTools = options.UsesCoreTools,
                    Settings = options.UsesCoreTools ? settings : new Dictionary<string, string>(),
                    Cors = SiteAddress.GetLeftPart(UriPartial.Authority),
                    OnOutput = report,
                },
                cancellationToken));
        }
    }

    private static async Task<WitnessServer> StartWitnessAsync(WitnessOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await WitnessServer.StartAsync(options, TimeProvider.System, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or FormatException)
        {
            throw new SandboxException($"The witness cannot be started: {fault.Message}", fault);
        }
    }

    private T Hold<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
