namespace SecureZoom.Sandbox.Real;

/// <summary>How the product is run on one's own machine against the real Zoom and Auth0.</summary>
public sealed record RealOptions
{
    /// <summary>Ports, the built site, and the folder of what is kept: <c>.real</c> unless <c>SECUREZOOM_DATA</c> names another.</summary>
    public required SandboxOptions Parts { get; init; }

    /// <summary>The settings and secrets of the accounts, which git ignores.</summary>
    public string SettingsFile { get; init; } = Path.Combine(Repository.Root, "local.settings.json");

    /// <summary><c>SECUREZOOM_TUNNEL</c>: the https address under which a tunnel leads to the app, for webhooks; null without one.</summary>
    public Uri? Tunnel { get; init; }

    /// <summary>The options that the environment variables set.</summary>
    /// <exception cref="SandboxException">A variable is malformed.</exception>
    public static RealOptions FromEnvironment()
    {
        var parts = SandboxOptions.FromEnvironment();
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SECUREZOOM_DATA")))
        {
            parts = parts with { Data = Path.Combine(Repository.Root, ".real") };
        }

        return new RealOptions { Parts = parts, Tunnel = ReadTunnel(Environment.GetEnvironmentVariable("SECUREZOOM_TUNNEL")) };
    }

    internal static Uri? ReadTunnel(string? text) => string.IsNullOrEmpty(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var tunnel) && tunnel.Scheme == Uri.UriSchemeHttps && tunnel.AbsolutePath == "/" ? tunnel
        : throw new SandboxException("SECUREZOOM_TUNNEL is not an https address without a path, such as https://abc.tunnel.example.");
}
