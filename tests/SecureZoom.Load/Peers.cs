using System.Diagnostics;
using System.Globalization;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Load;

/// <summary>Servers to measure against, as processes of their own: the article's in Express, and the local host with a function that does nothing.</summary>
internal static class Peers
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    /// <summary>The Express server, with the product's own secrets.</summary>
    public static Task<Peer> StartExpressAsync(SandboxHost product, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", ["server.mjs"])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "tests", "SecureZoom.Load", "peer"),
            Environment =
            {
                ["NODE_ENV"] = "production",
                ["ISSUER"] = product.Identity.Address.ToString(),
                ["AUDIENCE"] = IdentityProvider.Audience,
                ["SDK_KEY"] = product.Secrets["zoom-sdk-client-id"],
                ["SDK_SECRET"] = product.Secrets["zoom-sdk-client-secret"],
                ["WEBHOOK_SECRET"] = product.Secrets["zoom-webhook-secret"],
            },
        };
        return Peer.StartAsync("The Express server", start, output => AfterWord(output, "port "), "api/health", StartTime, cancellationToken);
    }

    /// <summary>The local host with the worker of its own tests, of which <c>blank/{bytes}</c> answers so many.</summary>
    public static Task<Peer> StartEmptyAsync(string folder, CancellationToken cancellationToken)
    {
        var port = FreePort.Find();
        var host = Path.Combine(FunctionApp.Built("SecureZoom.LocalHost"), "SecureZoom.LocalHost.dll");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var app = Path.Combine(Repository.Root, "tests", "SecureZoom.LocalHost.Worker", "bin", configuration, "net10.0");
        var start = new ProcessStartInfo("dotnet", [host, app, "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = Directory.CreateDirectory(folder).FullName,
            Environment = { ["DOTNET_STARTUP_HOOKS"] = host, ["Stage"] = "http://localhost:9" },
        };
        return Peer.StartAsync("The empty function", start, _ => port, "api/blank/0", StartTime, cancellationToken);
    }

    private static int? AfterWord(string output, string word) =>
        output.IndexOf(word, StringComparison.Ordinal) is >= 0 and var at && int.TryParse(output[(at + word.Length)..].Split('\n')[0], CultureInfo.InvariantCulture, out var port)
            ? port
            : null;
}
