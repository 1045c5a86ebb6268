using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>What others' texts become in a record: names that are names, and nothing long.</summary>
internal static class EventText
{
    private const int MaxName = 64;
    private const int MaxText = 256;

    /// <summary>A code of the source in the trail's spelling: <c>INVALID_CREDENTIALS</c> is <c>invalid_credentials</c>; null for what is none.</summary>
    public static string? Snake(string? code) =>
        code is { Length: > 0 and <= MaxName } && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ' ' or '.')
            ? code.ToLowerInvariant().Replace(' ', '_').Replace('-', '_').Replace('.', '_')
            : null;

    /// <summary>A source's own name of something, which has no spaces; null for what is none.</summary>
    public static string? Name(string? name) =>
        name is { Length: > 0 and <= 2 * MaxName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '|' or ':') ? name : null;

    /// <summary>A person's id at the provider, whatever it is made of (<c>samlp|acme|jane@acme.example</c>); null for what no token can name.</summary>
    public static string? Subject(string? id) => id is { Length: > 0 and <= MaxText } && !id.Any(char.IsControl) ? id : null;

    /// <summary>A text, cut; null for an empty one.</summary>
    public static string? Short(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Length <= MaxText ? text : text[..MaxText];

    /// <summary>When, in RFC 3339; null for what is no time.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 2000 ? time.ToUniversalTime() : null;

    /// <summary>The hash of an element as it came, lower-case hex.</summary>
    public static string Hash(JsonElement element) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonMarshal.GetRawUtf8Value(element)));

    /// <summary>The objects of a body: its events.</summary>
    /// <exception cref="RequestException">One is something else, or there are too many to take in one call.</exception>
    public static IReadOnlyList<JsonElement> Events(IEnumerable<JsonElement> elements)
    {
        var events = elements.ToList();
        if (events.Count > MostAtOnce)
        {
            throw new RequestException(RequestError.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The body may hold {MostAtOnce} events."));
        }

        return events.TrueForAll(one => one.ValueKind == JsonValueKind.Object)
            ? events
            : throw new RequestException(RequestError.Invalid, "An event is not a JSON object.");
    }

    private const int MostAtOnce = 2_000;
}
