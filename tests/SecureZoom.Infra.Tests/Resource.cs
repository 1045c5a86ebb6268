using System.Text.Json;

namespace SecureZoom.Infra.Tests;

/// <summary>One resolved resource. Values that only Azure knows are expressions in brackets.</summary>
internal sealed record Resource(JsonElement Body)
{
    internal string Id => Body.GetProperty("id").GetString()!;

    internal string Type => Body.GetProperty("type").GetString()!;

    internal string Name => Body.GetProperty("name").GetString()!;

    /// <summary>For an extension resource, the id of what it is put on; the resource group for a resource that is no extension.</summary>
    internal string Scope => Id[..Id.LastIndexOf("/providers/", StringComparison.Ordinal)];

    /// <summary>The value at a dotted path, as JSON writes it (strings without quotes); null where there is none.</summary>
    internal string? Text(string path) => Find(path) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };

    internal IEnumerable<JsonElement> List(string path) => Find(path)?.EnumerateArray() ?? Enumerable.Empty<JsonElement>();

    internal IEnumerable<string> Keys(string path) => Find(path)?.EnumerateObject().Select(item => item.Name) ?? [];

    internal bool Has(string path) => Find(path) is not null;

    private JsonElement? Find(string path)
    {
        JsonElement? at = Body;
        foreach (var part in path.Split('.'))
        {
            at = at is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(part, out var child) ? child : null;
        }

        return at;
    }
}
