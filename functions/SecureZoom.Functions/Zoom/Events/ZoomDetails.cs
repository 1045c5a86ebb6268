using System.Text.Json;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Zoom.Events;

/// <summary>Reads what is kept of a Zoom event.</summary>
internal static class ZoomDetails
{
    /// <summary>How deep in the details a member is looked for.</summary>
    private const int MaxDepth = 4;

    /// <summary>The nearest member of a name, wherever it stands; not what was there before.</summary>
    public static JsonNode? Find(JsonObject? details, string name) => Find(details, name, 1);

    /// <summary>A person by the part that they play.</summary>
    public static JsonObject? Person(JsonObject? details, string part) => Find(details, part) as JsonObject;

    /// <summary>The first of the members that there is, as text.</summary>
    public static string? Text(JsonObject? json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (TextOf(json?[name]) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>A string or a number as text; null for what is neither.</summary>
    public static string? TextOf(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.Number => value.ToJsonString(),
            _ => null,
        }
        : null;

    /// <summary>What a person is called there.</summary>
    public static string? NameOf(JsonObject person) =>
        Text(person, "user_name", "display_name", "user_display_name", "name", "invitee_name")
        ?? (string.Join(' ', new[] { Text(person, "first_name"), Text(person, "last_name") }.OfType<string>()) is { Length: > 0 } name ? name : null);

    private static JsonNode? Find(JsonObject? json, string name, int depth)
    {
        if (json is null || json[name] is { } found && Usable(found, name))
        {
            return json?[name];
        }

        return depth == MaxDepth
            ? null
            : json.Where(member => member.Key != "old_object").Select(member => member.Value).OfType<JsonObject>()
                .Select(inner => Find(inner, name, depth + 1)).FirstOrDefault(found => found is not null);
    }

    /// <summary>Whether it is not empty.</summary>
    private static bool Usable(JsonNode found, string name) => name.Length > 0 && found is not JsonArray { Count: 0 };
}
