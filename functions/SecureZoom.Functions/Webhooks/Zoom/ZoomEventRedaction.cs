using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Webhooks;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>
/// What of a Zoom event the trail keeps: members on the lists, whichever event has them. Passcodes, addresses to join at, tokens, keys and
/// what people wrote to each other are on no list; of settings that we do not know only whether they are on.
/// </summary>
internal static class ZoomEventRedaction
{
    /// <summary>How many of a list are kept.</summary>
    private const int Most = 50;

    private const int MaxDepth = 6;

    /// <summary>How many characters of a text are kept.</summary>
    private const int MaxText = 2048;

    private const string Old = "old_object";
    private const string Password = "password";

    public static JsonObject? Of(string name, JsonElement payload)
    {
        var details = Pick(payload, ZoomMembers.OfPayload) ?? [];
        if (ZoomEventTable.Of(name).By is not ZoomEventKind.Operator && LenientJson.Text(payload, ZoomEventKind.Operator) is { Length: > 0 } @operator)
        {
            details[ZoomEventKind.Operator] = @operator;
        }

        ZoomPeople.AddOfPayload(details, LenientJson.Members(payload));
        var isUser = EventNoun.Of(name).Noun == "user";
        Add(details, "object", Keep(LenientJson.Member(payload, "object"), isUser, 1));
        Add(details, Old, Keep(LenientJson.Member(payload, Old), isUser, 1));
        Add(details, "passcode_changed", PasscodeChanged(payload) ? JsonValue.Create(true) : null);
        ZoomChanges.Add(details, payload);
        return details.Count > 0 ? details : null;
    }

    public static JsonObject? Pick(JsonElement element, string[] names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var (picked, members) = (new JsonObject(), LenientJson.Members(element));
        foreach (var name in names)
        {
            AddText(picked, name, members, name);
        }

        return picked;
    }

    /// <summary>Adds the first of the members that there is, as text or as what else it is.</summary>
    public static void AddText(JsonObject target, string name, IReadOnlyDictionary<string, JsonElement> members, params ReadOnlySpan<string> from)
    {
        foreach (var source in from)
        {
            if (members.TryGetValue(source, out var value) && TryAddScalar(target, name, source, value))
            {
                return;
            }
        }
    }

    /// <summary>Says how many a list had, where it was cut.</summary>
    public static void AddTotal(JsonObject target, string name, JsonElement list, int most)
    {
        if (list.GetArrayLength() > most)
        {
            target[$"{name}_total"] = list.GetArrayLength();
        }
    }

    private static JsonObject? Keep(JsonElement element, bool isUser, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            return null;
        }

        var (kept, members) = (new JsonObject(), LenientJson.Members(element));
        foreach (var (name, value) in members)
        {
            if (ZoomPeople.IsOne(name))
            {
                Add(kept, name, ZoomPeople.One(value));
            }
            else if (ZoomPeople.IsList(name))
            {
                ZoomPeople.AddList(kept, name, value);
            }
            else if (name == "settings")
            {
                Add(kept, name, Settings(value, depth));
            }
            else if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && ZoomMembers.Inner.Contains(name))
            {
                KeepInner(kept, name, value, depth + 1);
            }
            else if (ZoomMembers.IsKept(name, value) && !(isUser && name is "id" or "email"))
            {
                TryAddScalar(kept, name, name, value);
            }
        }

        ZoomPeople.AddFlat(kept, members, isUser);
        return kept.Count > 0 ? kept : null;
    }

    private static void KeepInner(JsonObject target, string name, JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Add(target, name, Keep(value, isUser: false, depth));
            return;
        }

        var kept = value.EnumerateArray().Take(Most).Select(one => Keep(one, isUser: false, depth) ?? (JsonNode?)Scalar(name, one));
        target[name] = new JsonArray([.. kept.OfType<JsonNode>()]);
        AddTotal(target, name, value, Most);
    }

    /// <summary>Those of a meeting that we know, as they are; of all others what is on, off or a number.</summary>
    private static JsonObject? Settings(JsonElement settings, int depth)
    {
        var (kept, members) = (new JsonObject(), LenientJson.Members(settings));
        foreach (var (name, value) in members.Take(Most))
        {
            if (value.ValueKind == JsonValueKind.Object && depth < MaxDepth)
            {
                Add(kept, name, Settings(value, depth + 1));
            }
            else if (ZoomMembers.Settings.Contains(name) || (value.ValueKind is JsonValueKind.True or JsonValueKind.False && ZoomMembers.IsName(name)))
            {
                TryAddScalar(kept, name, name, value);
            }
        }

        if (members.Count > Most)
        {
            kept["total"] = members.Count;
        }

        return kept.Count > 0 ? kept : null;
    }

    /// <summary>Adds a text, a number or a flag; of a text that is cut, also how many characters it had.</summary>
    private static bool TryAddScalar(JsonObject target, string name, string source, JsonElement value)
    {
        if (Scalar(source, value) is not { } scalar)
        {
            return false;
        }

        target[name] = scalar;
        if (LenientJson.Text(value) is { Length: > MaxText } whole)
        {
            target[$"{name}_total"] = whole.Length;
        }

        return true;
    }

    /// <summary>
    /// That it was is on record, never which it was or is. Zoom names what changed, and what it was before: one that is taken away is there
    /// before alone; one that is there now alone is new, unless the event shows the whole object.
    /// </summary>
    private static bool PasscodeChanged(JsonElement payload)
    {
        var (before, after) = (LenientJson.Member(payload, Old), LenientJson.Member(payload, "object"));
        var (was, now) = (LenientJson.Text(before, Password), LenientJson.Text(after, Password));
        return before.ValueKind == JsonValueKind.Object && was != now && !(was is null && ZoomChanges.IsWhole(before, after));
    }

    private static JsonValue? Scalar(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        JsonValueKind.Number when value.TryGetInt64(out var number) => JsonValue.Create(number),
        JsonValueKind.String or JsonValueKind.Number when LenientJson.Text(value) is { Length: > 0 } text =>
            ZoomMembers.Sizes.Contains(name) && Whole(text) is { } size ? JsonValue.Create(size) : JsonValue.Create(AuditLimits.Cut(text, MaxText)),
        _ => null,
    };

    /// <summary>A size, which Zoom writes as 1, 1.0 and "1".</summary>
    private static long? Whole(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size) && size % 1 == 0 && size <= long.MaxValue
            ? (long)size
            : null;

    private static void Add(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
