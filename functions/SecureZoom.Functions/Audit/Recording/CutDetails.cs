using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>Details that are too large: long texts are cut first, then all goes but what the event's consequences go by.</summary>
internal static class CutDetails
{
    private const string PasscodeChanged = "passcode_changed";

    /// <summary>Characters of a text in details that are too large: more than a topic has, of which Zoom takes 200.</summary>
    private const int MaxText = 256;

    /// <summary>Of JSON with what consequences go by: with it, and all else cut, an event fits into a message.</summary>
    private const int MaxEssential = 8 * 1024;

    /// <summary>What consequences go by, and what such members stand in: which, of whom, whether. Their texts are whole or gone.</summary>
    private static readonly FrozenSet<string> Essential = FrozenSet.Create(StringComparer.Ordinal,
    [
        PasscodeChanged, "changed", "changed_total", "operation", "scope", "account_id",
        // Which meeting, or what else.
        "object", "id", "uuid", "meeting_id", "meeting_uuid", "meeting_uuids", "meeting_uuids_total", "webinar_id", "webinar_uuid", "meetings",
        "meetings_total", "occurrences", "occurrences_total", "occurrence_id", "start_time", "invitation",
        // Whose: in Zoom's events, in ours, and of those whose access ends.
        "host", "host_id", "host_email", "operator_id", "target", "email", "subject", "access", "user", "kind", "ends", "issuer", "reach", "at",
    ]);

    /// <summary>The details in no more than so many characters of JSON.</summary>
    public static JsonObject To(int most, JsonObject details)
    {
        if (details.ToJsonString().Length <= most)
        {
            return details;
        }

        var shortened = Shortened(details).AsObject();
        return shortened.ToJsonString().Length <= most ? shortened : ToEssential(details);
    }

    /// <summary>What consequences go by, and that there was more; where also that is too much, whether a passcode was changed.</summary>
    public static JsonObject ToEssential(JsonObject? details)
    {
        var essential = details is null ? Omitted() : With(Omitted(), details);
        if (essential.ToJsonString().Length <= MaxEssential)
        {
            return essential;
        }

        var least = Omitted();
        if (details?[PasscodeChanged] is JsonValue changed)
        {
            least[PasscodeChanged] = changed.DeepClone();
        }

        return least;
    }

    private static JsonObject Omitted() => new() { ["omitted"] = "too_large" };

    private static JsonObject With(JsonObject kept, JsonObject details)
    {
        foreach (var (name, value) in details.Where(member => Essential.Contains(member.Key)))
        {
            kept[name] = KeepEssential(value);
        }

        return kept;
    }

    private static JsonNode? KeepEssential(JsonNode? value) => value switch
    {
        JsonObject inner => With([], inner),
        JsonArray list => new JsonArray([.. list.Select(KeepEssential)]),
        _ => value?.DeepClone(),
    };

    /// <summary>Each text cut, with how many characters it had, but those that consequences go by.</summary>
    private static JsonNode Shortened(JsonNode node)
    {
        if (node is JsonArray list)
        {
            return new JsonArray([.. list.Select(one => one is null ? null : Shortened(one))]);
        }

        if (node is not JsonObject json)
        {
            return node is JsonValue value && value.TryGetValue<string>(out var text) ? JsonValue.Create(AuditLimits.Cut(text, MaxText)) : node.DeepClone();
        }

        var shortened = new JsonObject();
        foreach (var (name, member) in json)
        {
            var isKept = member is null || (Essential.Contains(name) && member is JsonValue);
            shortened[name] = isKept ? member?.DeepClone() : Shortened(member!);
            if (!isKept && member is JsonValue scalar && scalar.TryGetValue<string>(out var whole) && whole.Length > MaxText && !json.ContainsKey($"{name}_total"))
            {
                shortened[$"{name}_total"] = whole.Length;
            }
        }

        return shortened;
    }
}
