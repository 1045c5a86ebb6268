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
}
