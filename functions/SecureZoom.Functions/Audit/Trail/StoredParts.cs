using System.Text.Json;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>The parts of a record that is read, by number; null stands where one was destroyed.</summary>
internal sealed class StoredParts(IReadOnlyList<ReadOnlyMemory<byte>> parts)
{
    /// <summary>Members of what stands in a text's place: the number of its part, and where in it where several share one.</summary>
    public const string Text = "text";

    public const string At = "at";

    private readonly IReadOnlyList<object?> _parts = [.. parts.Select(Read)];

    public static bool IsText(JsonObject place) => Number(place, Text) is not null;

    public Person? PersonAt(int? number) => PartAt(number) as Person;

    /// <summary>A text, or whatever part of it stands apart; null when that was destroyed.</summary>
    public string? TextOf(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonObject place when PartAt(Number(place, Text)) is ChosenText chosen => chosen.Text switch
        {
            JsonArray several => Number(place, At) is { } at && at >= 0 && at < several.Count ? (string?)several[at] : null,
            var one => (string?)one,
        },
        _ => null,
    };

    public static int? Number(JsonObject place, string name) =>
        place[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private object? PartAt(int? number) => number >= 0 && number < _parts.Count ? _parts[number.Value] : null;

    private static object? Read(ReadOnlyMemory<byte> part) => part.Span.StartsWith("{\"text\":"u8)
        ? JsonSerializer.Deserialize(part.Span, AuditRecordJson.Default.ChosenText)
        : JsonSerializer.Deserialize(part.Span, AuditRecordJson.Default.Person);
}
