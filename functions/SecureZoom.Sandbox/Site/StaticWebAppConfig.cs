using System.Text.Json;
using System.Text.Json.Serialization;

namespace SecureZoom.Sandbox.Site;

/// <summary>The part of Azure Static Web Apps' configuration file that the sandbox applies.</summary>
internal sealed record StaticWebAppConfig
{
    public const string FileName = "staticwebapp.config.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public IReadOnlyList<Route> Routes { get; init; } = [];

    public Fallback? NavigationFallback { get; init; }

    public IReadOnlyDictionary<string, Override> ResponseOverrides { get; init; } = new Dictionary<string, Override>();

    public IReadOnlyDictionary<string, string> GlobalHeaders { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> MimeTypes { get; init; } = new Dictionary<string, string>();

    public static async Task<StaticWebAppConfig> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(folder, FileName));
        return await JsonSerializer.DeserializeAsync<StaticWebAppConfig>(file, Json, cancellationToken) ?? new();
    }

    /// <summary>The first route that matches; null when none does.</summary>
    public Route? FindRoute(string method, string path) => Routes.FirstOrDefault(route =>
        (route.Methods is null || route.Methods.Contains(method, StringComparer.OrdinalIgnoreCase))
        && new PathPattern(route.Path).Matches(path));

    /// <summary>The file that stands in for a path without one; null where the path is excluded.</summary>
    public string? FindFallback(string path) =>
        NavigationFallback is { } fallback && !fallback.Exclude.Any(pattern => new PathPattern(pattern).Matches(path))
            ? fallback.Rewrite
            : null;

    internal sealed record Route
    {
        [JsonPropertyName("route")]
        public required string Path { get; init; }

        public IReadOnlyList<string>? Methods { get; init; }

        public string? Rewrite { get; init; }

        public string? Redirect { get; init; }

        public int? StatusCode { get; init; }

        /// <summary>They override the global ones; an empty one takes the global one away.</summary>
        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

        public IReadOnlyList<string>? AllowedRoles { get; init; }
    }

    internal sealed record Fallback(string Rewrite, IReadOnlyList<string>? Exclude)
    {
        public IReadOnlyList<string> Exclude { get; init; } = Exclude ?? [];
    }

    internal sealed record Override(string? Rewrite, string? Redirect, int? StatusCode);
}
