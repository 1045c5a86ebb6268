namespace SecureZoom.Sandbox;

/// <summary>How the function app is started.</summary>
public sealed record FunctionAppOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The folder with its <c>local.settings.json</c>, which the local host runs in.</summary>
    public required string Folder { get; init; }

    /// <summary>A published app to run instead of the one that was built with the sandbox.</summary>
    public string? Published { get; init; }

    /// <summary>Whether Core Tools (<c>func</c>) runs it instead of the local host.</summary>
    public bool UsesCoreTools { get; init; }

    /// <summary>The one origin that CORS lets in; the local host reads it from the file.</summary>
    public string? Cors { get; init; }

    /// <summary>Settings by environment variable, above those of the file; names with <c>__</c> for <c>:</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Called with every line that it writes.</summary>
    public Action<string>? OnOutput { get; init; }
}
