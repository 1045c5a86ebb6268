namespace SecureZoom.Sandbox;

/// <summary>How the function app is started.</summary>
public sealed record FunctionAppOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The folder with its <c>local.settings.json</c>, which it runs in.</summary>
    public required string Folder { get; init; }

    /// <summary>Settings by environment variable, above those of the file; names with <c>__</c> for <c>:</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Called with every line that it writes.</summary>
    public Action<string>? OnOutput { get; init; }
}
