using System.Text.Json;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Webhooks;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>What an event that is about no meeting is about, by its id and its name; people are in the details alone.</summary>
internal static class ZoomLabel
{
    /// <summary>Ids under names of their own.</summary>
    private static readonly Dictionary<string, string> Ids = new(StringComparer.Ordinal)
    {
        ["phone call"] = "call_id",
        ["contact center queue"] = "cc_queue_id",
        ["chat message"] = "message_id",
        ["node zone"] = "zone",
        ["text message"] = "message_id",
        ["phone configuration of a group"] = "group_id",
        ["contact center business hour"] = "business_hour_id",
        ["contact center closure set"] = "closure_set_id",
        ["app"] = "client_id",
        ["calendar"] = "resource_id",
        ["chat app's message"] = "messageId",
    };

    public static AuditTarget Of(string name, JsonElement payload, JsonElement subject)
    {
        var about = EventNoun.Of(name);
        var (noun, type) = (about.Noun, about.Type);
        if (noun.EndsWith("user", StringComparison.Ordinal))
        {
            return new AuditTarget(type);
        }

        var word = type[(type.LastIndexOf('_') + 1)..];
        // As an object of its own, such as a server; among the object's members; or, where there is no object, among the payload's.
        var own = LenientJson.Member(subject, word);
        JsonElement[] places = own.ValueKind == JsonValueKind.Object ? [own, subject, payload] : [subject, payload];
        return new AuditTarget(
            type,
            First(places, Ids.GetValueOrDefault(noun) ?? "", $"{type}_id", $"{word}_id", "id", $"{type}_number", $"{word}_number", "extension_number"),
            First(places, $"{type}_name", $"{word}_name", $"{type}_title", "name", "topic"));
    }

    private static string? First(JsonElement[] places, params string[] names) => names
        .SelectMany(name => places.Select(place => LenientJson.Text(place, name)))
        .FirstOrDefault(text => text is { Length: > 0 });
}
