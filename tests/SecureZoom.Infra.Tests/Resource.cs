using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SecureZoom.Infra.Tests;

/// <summary>One resolved resource. Values that only Azure knows are expressions in brackets.</summary>
internal sealed partial record Resource(JsonElement Body)
{
    internal string Id => Text("id")!;

    internal string Type => Text("type")!;

    internal string Name => Text("name")!;

    /// <summary>For an extension resource (a role assignment, a lock, ...): the id of what it is put on.</summary>
    internal string Scope => ExtensionOf().Match(Id) is { Success: true } named
        ? named.Groups[1].Value
        : Id[..Id.LastIndexOf("/providers/", StringComparison.Ordinal)];

    /// <summary>For a part of a blob service: the id of its storage account.</summary>
    internal string Account => Id[..Id.IndexOf("/blobServices/", StringComparison.Ordinal)];

    /// <summary>The value at a dotted path as JSON has it, strings without quotes; null where there is none.</summary>
    internal string? Text(string path) => Find(path) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };

    /// <summary>The number at a dotted path; 0 where there is none.</summary>
    internal int Number(string path) => int.Parse(Text(path) ?? "0", CultureInfo.InvariantCulture);

    internal IEnumerable<JsonElement> List(string path) => Find(path)?.EnumerateArray().AsEnumerable() ?? [];

    internal IEnumerable<string> Keys(string path) => Find(path)?.EnumerateObject().Select(item => item.Name) ?? [];

    internal bool Has(string path) => Find(path) is not null;

    private JsonElement? Find(string path)
    {
        JsonElement? at = Body;
        foreach (var part in path.Split('.'))
        {
            at = at is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(part, out var child)
                ? child
                : null;
        }

        return at;
    }

    /// <summary>The id of one whose name only Azure knows.</summary>
    [GeneratedRegex(@"^\[extensionResourceId\('([^']+)'")]
    private static partial Regex ExtensionOf();
}
