using SecureZoom.LocalHost.Settings;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>What a host finds when it starts.</summary>
internal sealed record Scene
{
    public string? HostJson { get; init; }

    public string? LocalSettings { get; init; }

    public string[] Arguments { get; init; } = ["--port", "0"];

    public Dictionary<string, string?> Environment { get; init; } = [];

    /// <summary>With an environment variable more.</summary>
    public Scene With(string name, string? value) => this with { Environment = new(Environment) { [name] = value } };

    /// <summary>What a host reads of it.</summary>
    /// <exception cref="HostException">It is refused.</exception>
    public HostSettings Read()
    {
        var folder = Directory.CreateTempSubdirectory("localhost-tests-");
        try
        {
            Write(folder, folder);
            return HostSettings.Read(folder.FullName, folder.FullName, Arguments);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Writes its files into the app's folder and into the one that the host runs in.</summary>
    public void Write(DirectoryInfo app, DirectoryInfo current)
    {
        Write(app, "host.json", HostJson);
        Write(current, "local.settings.json", LocalSettings);
    }

    private static void Write(DirectoryInfo folder, string name, string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(Path.Combine(folder.FullName, name), text);
        }
    }
}
