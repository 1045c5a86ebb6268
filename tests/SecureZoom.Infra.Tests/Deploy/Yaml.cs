using YamlDotNet.RepresentationModel;

namespace SecureZoom.Infra.Tests;

/// <summary>YAML files, read as what they hold.</summary>
internal static class Yaml
{
    /// <summary>The mapping at the root of a file of the repository.</summary>
    internal static YamlMappingNode Read(string file)
    {
        using var reader = File.OpenText(Repository.PathOf(file));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    /// <summary>The node at a path of keys; null where there is none.</summary>
    internal static YamlNode? Find(this YamlNode node, params string[] path) => path.Aggregate<string, YamlNode?>(
        node, (at, key) => at is YamlMappingNode map && map.Children.TryGetValue(key, out var child) ? child : null);

    /// <summary>The text at a path of keys; null where there is none.</summary>
    internal static string? Text(this YamlNode node, params string[] path) => (node.Find(path) as YamlScalarNode)?.Value;

    /// <summary>The entries of the mapping at a path of keys; none where there is none.</summary>
    internal static IEnumerable<(string Key, YamlNode Value)> Entries(this YamlNode node, params string[] path) =>
        node.Find(path) is YamlMappingNode map ? map.Children.Select(entry => (entry.Key.ToString(), entry.Value)) : [];

    /// <summary>The items of the list at a path of keys; none where there is none.</summary>
    internal static IEnumerable<YamlNode> Items(this YamlNode node, params string[] path) =>
        node.Find(path) is YamlSequenceNode list ? list.Children : [];
}
