using System.Text.Json;

namespace SecureZoom.Infra.Tests;

/// <summary>The resources and outputs of a resolved parameter file.</summary>
internal sealed record Deployment(IReadOnlyList<Resource> Resources, IReadOnlyDictionary<string, string> Outputs)
{
    internal static Deployment Parse(string snapshot)
    {
        var root = JsonSerializer.Deserialize<JsonElement>(snapshot);
        return new Deployment(
            [.. root.GetProperty("predictedResources").EnumerateArray().Select(body => new Resource(body))],
            root.GetProperty("outputs").EnumerateObject().ToDictionary(item => item.Name, item => item.Value.ToString()));
    }

    internal IEnumerable<Resource> All(string type) => Resources.Where(resource => resource.Type == type);

    internal Resource Only(string type) => All(type).Single();

    /// <summary>The app settings by name.</summary>
    internal IReadOnlyDictionary<string, string> Settings =>
        Only(Types.App).List("properties.siteConfig.appSettings")
            .ToDictionary(item => item.GetProperty("name").GetString()!, item => item.GetProperty("value").GetString()!);
}
