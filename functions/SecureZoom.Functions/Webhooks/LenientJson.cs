using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SecureZoom.Functions.Webhooks;

/// <summary>Reads JSON as it comes from Zoom: numbers as strings, missing members, text that is no Unicode.</summary>
internal static class LenientJson
{
    /// <summary>A member; an undefined element when there is none. Of several with the name the last one counts.</summary>
    public static JsonElement Member(JsonElement parent, string name)
    {
        var found = default(JsonElement);
        if (parent.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in parent.EnumerateObject().Where(member => Has(member, name)))
            {
                found = member.Value;
            }
        }

        return found;
    }

    /// <summary>The members of an object, by their names; of several with one name the last, and none whose name is no Unicode.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Members(JsonElement parent)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (parent.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in parent.EnumerateObject())
            {
                if (Name(member) is { } name)
                {
                    members[name] = member.Value;
                }
            }
        }

        return members;
    }

    /// <summary>A member's text, from a string or a number; null when it is missing or something else.</summary>
    public static string? Text(JsonElement parent, string name) => Text(Member(parent, name));

    /// <inheritdoc cref="Text(JsonElement, string)"/>
    public static string? Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Unicode(element),
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };

    private static string Unicode(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: each becomes the replacement character and the rest stays. JSON's
            // escapes are all among those of regular expressions.
            var raw = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(text)[1..^1]);
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Regex.Unescape(raw)));
        }
    }

    private static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool Has(JsonProperty member, string name)
    {
        try
        {
            return member.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            // A name that is no Unicode is none that we know.
            return false;
        }
    }
}
