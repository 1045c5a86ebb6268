using System.Globalization;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox;

/// <summary>The ports and the folder of a sandbox. Two with different ones run side by side.</summary>
public sealed record SandboxOptions
{
    /// <summary><c>SECUREZOOM_APP_PORT</c></summary>
    public int AppPort { get; init; } = 7071;

    /// <summary><c>SECUREZOOM_IDENTITY_PORT</c></summary>
    public int IdentityPort { get; init; } = 7072;

    /// <summary><c>SECUREZOOM_ZOOM_PORT</c></summary>
    public int ZoomPort { get; init; } = 7073;

    /// <summary><c>SECUREZOOM_SITE_PORT</c></summary>
    public int SitePort { get; init; } = 4280;

    /// <summary><c>SECUREZOOM_BLOB_PORT</c></summary>
    public int BlobPort { get; init; } = 10000;

    /// <summary><c>SECUREZOOM_QUEUE_PORT</c></summary>
    public int QueuePort { get; init; } = 10001;

    /// <summary><c>SECUREZOOM_TABLE_PORT</c></summary>
    public int TablePort { get; init; } = 10002;

    /// <summary><c>SECUREZOOM_WITNESS_PORT</c>; 0 for a free one.</summary>
    public int WitnessPort { get; init; }

    /// <summary><c>SECUREZOOM_DATA</c>: the folder of all that is kept, from the repository's root.</summary>
    public string Data { get; init; } = Path.Combine(Repository.Root, ".sandbox");

    /// <summary>The built site.</summary>
    public string Site { get; init; } = Path.Combine(Repository.Root, "static-web", "dist");

    /// <summary>
    /// <c>SECUREZOOM_APP=external</c>: somebody else runs the app (Core Tools, a debugger) with the settings that the
    /// sandbox writes; it is waited for, not started.
    /// </summary>
    public bool IsAppExternal { get; init; }

    /// <summary>
    /// <c>SECUREZOOM_SITE=external</c>: somebody else serves the site on <see cref="SitePort"/> (Vite, with hot reload);
    /// it is neither started nor waited for.
    /// </summary>
    public bool IsSiteExternal { get; init; }

    /// <summary><c>SECUREZOOM_HOST=func</c>: Core Tools runs the app instead of the local host.</summary>
    public bool UsesCoreTools { get; init; }

    /// <summary>The folder of a published app to run instead of the one that was built with the sandbox.</summary>
    public string? PublishedApp { get; init; }

    /// <summary>A sandbox beside others: on free ports, with data of its own.</summary>
    internal static SandboxOptions Beside(string data)
    {
        var ports = FreePort.Find(7);
        return new SandboxOptions
        {
            AppPort = ports[0],
            IdentityPort = ports[1],
            ZoomPort = ports[2],
            SitePort = ports[3],
            BlobPort = ports[4],
            QueuePort = ports[5],
            TablePort = ports[6],
            Data = data,
        };
    }

    /// <summary>The options that the environment variables set.</summary>
    /// <exception cref="SandboxException">A variable is malformed, or two exclude each other.</exception>
    public static SandboxOptions FromEnvironment()
    {
        var defaults = new SandboxOptions();
        var options = new SandboxOptions
        {
            AppPort = Port("SECUREZOOM_APP_PORT", defaults.AppPort),
            IdentityPort = Port("SECUREZOOM_IDENTITY_PORT", defaults.IdentityPort),
            ZoomPort = Port("SECUREZOOM_ZOOM_PORT", defaults.ZoomPort),
            SitePort = Port("SECUREZOOM_SITE_PORT", defaults.SitePort),
            BlobPort = Port("SECUREZOOM_BLOB_PORT", defaults.BlobPort),
            QueuePort = Port("SECUREZOOM_QUEUE_PORT", defaults.QueuePort),
            TablePort = Port("SECUREZOOM_TABLE_PORT", defaults.TablePort),
            WitnessPort = Port("SECUREZOOM_WITNESS_PORT", defaults.WitnessPort),
            Data = Path.Combine(Repository.Root, Read("SECUREZOOM_DATA") ?? ".sandbox"),
            IsAppExternal = Is("SECUREZOOM_APP", "external"),
            IsSiteExternal = Is("SECUREZOOM_SITE", "external"),
            UsesCoreTools = Is("SECUREZOOM_HOST", "func"),
        };
        return options is { IsAppExternal: true, UsesCoreTools: true }
            ? throw new SandboxException("SECUREZOOM_APP=external and SECUREZOOM_HOST=func exclude each other: either you run the app, or Core Tools do.")
            : options;
    }

    private static bool Is(string variable, string only) => Read(variable) switch
    {
        null => false,
        var value when value == only => true,
        var other => throw new SandboxException($"{variable} is '{other}'; it can only be '{only}'."),
    };

    private static int Port(string variable, int fallback) => Read(variable) switch
    {
        null => fallback,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535 => port,
        var text => throw new SandboxException($"{variable} is '{text}'; it must be a port from 1 to 65535."),
    };

    private static string? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
