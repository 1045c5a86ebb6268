using System.Text.Json.Nodes;
using SecureZoom.Sandbox;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>The headers that <c>staticwebapp.config.json</c> gives a path, with this product's addresses in place of the committed ones.</summary>
internal sealed class SiteHeaders
{
    private readonly JsonNode _config;
    private readonly Uri _app;
    private readonly Uri _identity;

    private SiteHeaders(JsonNode config, Uri app, Uri identity)
    {
        _config = config;
        _app = app;
        _identity = identity;
    }

    public static async Task<SiteHeaders> ReadAsync(SandboxHost sandbox, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Repository.Root, "static-web", "public", "staticwebapp.config.json");
        return new SiteHeaders(
            JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken))!, sandbox.AppAddress, new Uri(sandbox.Identity.Address, "/"));
    }

    /// <summary>Names in lower case, as browsers tell them.</summary>
    public IReadOnlyDictionary<string, string> Of(string path)
    {
        var route = _config["routes"]!.AsArray().FirstOrDefault(route => Matches((string)route!["route"]!, path));
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in _config["globalHeaders"]!.AsObject().Concat(route?["headers"]?.AsObject() ?? []))
        {
            headers[name.ToLowerInvariant()] = ((string)value!)
                .Replace("http://localhost:7071", _app.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
                .Replace("http://localhost:7072", _identity.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        }

        return headers;
    }

    private static bool Matches(string route, string path) =>
        route.EndsWith('*') ? path.StartsWith(route[..^1], StringComparison.Ordinal) : path == route;
}
