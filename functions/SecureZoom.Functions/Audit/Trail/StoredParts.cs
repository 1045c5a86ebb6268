using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>The parts of a record that is read, by number; nothing stands where one is withheld.</summary>
internal sealed class StoredParts(IReadOnlyList<RecordPart> parts)
{
    /// <summary>Members of what stands in a text's place: the number of its part, and where in it where several share one.</summary>
    public const string Text = "text";

    public const string At = "at";

    private readonly IReadOnlyList<object?> _parts = [.. parts.Select(Read)];

    /// <summary>Whether it is a text that somebody chose; else it is a person, or withheld.</summary>
    public static bool IsText(RecordPart part) => part.Bytes.Span.StartsWith("{\"text\":"u8);

    public static bool IsText(JsonObject place) => Number(place, Text) is not null;

    /// <summary>Whether nothing is left of a part but its commitment.</summary>
    public bool IsWithheld(int? number) => number >= 0 && number < parts.Count && parts[number.Value].IsWithheld;

    public Person? PersonAt(int? number) => PartAt(number) as Person;

    /// <summary>A text, or whatever part of it stands apart; null when that is withheld.</summary>
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

    /// <summary>The texts of a part; none where it is a person, or withheld.</summary>
    public IReadOnlyList<string> TextsAt(int number) => PartAt(number) is ChosenText chosen
        ? [.. (chosen.Text is JsonArray several ? several : new JsonArray(chosen.Text.DeepClone())).OfType<JsonValue>().Select(one => one.ToString())]
        : [];

    public static int? Number(JsonObject place, string name) =>
        place[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private object? PartAt(int? number) => number >= 0 && number < _parts.Count ? _parts[number.Value] : null;

    private static object? Read(RecordPart part) => IsText(part)
        ? JsonSerializer.Deserialize(part.Bytes.Span, AuditRecordJson.Default.ChosenText)
        : JsonSerializer.Deserialize(part.Bytes.Span, AuditRecordJson.Default.Person);
}
