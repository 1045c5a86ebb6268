using System.Text.Json;

namespace SecureZoom.Infra.Tests;

/// <summary>The resources and outputs of a resolved parameter file.</summary>
internal sealed record Deployment(IReadOnlyList<Resource> Resources, IReadOnlyDictionary<string, string> Outputs)
{
    internal Resource App => Only(Types.App);

    internal Resource Identity => Only(Types.Identity);

    internal Resource Site => Only(Types.Site);

    /// <summary>The app settings by name.</summary>
    internal IReadOnlyDictionary<string, string> Settings =>
        App.List("properties.siteConfig.appSettings").ToDictionary(
            setting => setting.GetProperty("name").GetString()!,
            setting => setting.GetProperty("value").GetString()!);

    internal static Deployment Parse(string snapshot)
    {
        var root = JsonSerializer.Deserialize<JsonElement>(snapshot);
        return new Deployment(
            [.. root.GetProperty("predictedResources").EnumerateArray().Select(body => new Resource(body))],
            root.GetProperty("outputs").EnumerateObject()
                .ToDictionary(output => output.Name, output => output.Value.ToString()));
    }

    internal IEnumerable<Resource> All(string type) => Resources.Where(resource => resource.Type == type);

    internal Resource Only(string type) => All(type).Single();

    internal Resource Container(string name) =>
        All(Types.Container).Single(container => container.Name.EndsWith($"/{name}", StringComparison.Ordinal));

    /// <summary>Whether a value is an id of the app's identity, to which a snapshot can only refer.</summary>
    internal bool IsIdentity(string? value) =>
        value?.StartsWith($"[reference('{Identity.Id}', ", StringComparison.Ordinal) == true;
}
