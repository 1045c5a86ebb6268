using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Webhooks;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>Which members a Zoom event says have changed: their names, never what they were or are.</summary>
internal static class ZoomChanges
{
    private const int Most = 20;
    private const int MaxDepth = 4;
    private const int MaxName = 64;
    private const string Occurrences = "occurrences";

    /// <summary>What names the object, rather than describes it.</summary>
    private static readonly HashSet<string> Names = new(["id", "uuid", "host_id", "group_id"], StringComparer.Ordinal);

    /// <summary>Adds <c>changed</c>, and how many there were where they are cut.</summary>
    public static void Add(JsonObject details, JsonElement payload)
    {
        var changed = Of(payload).Distinct(StringComparer.Ordinal).ToList();
        if (changed.Count > 0)
        {
            details["changed"] = new JsonArray([.. changed.Take(Most).Select(name => JsonValue.Create(name))]);
        }

        if (changed.Count > Most)
        {
            details["changed_total"] = changed.Count;
        }
    }

    /// <summary>
    /// Whether an event shows the whole object beside the few members that were different: what is there alone has not changed then.
    /// </summary>
    public static bool IsWhole(JsonElement before, JsonElement after) => Has(after) && !Has(before);

    private static IEnumerable<string> Of(JsonElement payload)
    {
        var now = LenientJson.Member(payload, "object");
        (JsonElement Before, JsonElement After)[] pairs =
        [
            (LenientJson.Member(payload, "old_object"), LenientJson.Member(now, "tsp_credentials") is { ValueKind: JsonValueKind.Object } bridge ? bridge : now),
            (LenientJson.Member(now, "old_policy"), LenientJson.Member(now, "new_policy")),
            (LenientJson.Member(now, "old_settings"), LenientJson.Member(now, "new_settings")),
        ];
        return pairs.SelectMany(pair => Compare(pair.Before, pair.After)).Concat(Leaves(LenientJson.Member(now, "updates"), "", 1).Keys);
    }

    private static IEnumerable<string> Compare(JsonElement before, JsonElement after)
    {
        if (before.ValueKind != JsonValueKind.Object || after.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var (old, now) = (Leaves(before, "", 1), Leaves(after, "", 1));
        var isWhole = IsWhole(before, after);
        return old.Keys.Where(name => !now.TryGetValue(name, out var value) || value != old[name])
            .Concat(isWhole ? [] : now.Keys.Where(name => !old.ContainsKey(name)))
            .Where(name => !Names.Contains(name));
    }

    private static bool Has(JsonElement element) => LenientJson.Members(element).ContainsKey("host_id");

    private static Dictionary<string, string> Leaves(JsonElement element, string path, int depth)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in LenientJson.Members(element).Where(member => IsName(member.Key)))
        {
            // Of one occurrence that changed, what of it has.
            var one = name == Occurrences && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 ? value[0] : value;
            if (one.ValueKind == JsonValueKind.Object && depth < MaxDepth)
            {
                foreach (var (inner, text) in Leaves(one, $"{path}{name}.", depth + 1))
                {
                    leaves[inner] = text;
                }
            }
            else
            {
                leaves[$"{path}{name}"] = value.GetRawText();
            }
        }

        return leaves;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxName && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
