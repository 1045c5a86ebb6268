using System.Text.Json;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>The parts of a record that is written: people, and texts that somebody chose, in the order found.</summary>
internal sealed class TakenParts
{
    /// <summary>Texts with a part of their own; all others share one.</summary>
    public const int MostTexts = 64;

    private readonly List<byte[]> _parts = [];
    private readonly Dictionary<string, (int Part, int? At)> _texts = new(StringComparer.Ordinal);
    private readonly JsonArray _others = [];
    private int _othersPart;

    /// <summary>Adds a person.</summary>
    /// <returns>The number that stands for the person.</returns>
    public int Add(Person person) => Add(JsonSerializer.SerializeToUtf8Bytes(person, AuditRecordJson.Default.Person));

    /// <summary>What stands in the place of a member's text: itself, where nobody words it, else the number of its part.</summary>
    public JsonNode? Take(string name, string? text) =>
        text is null ? null : ClosedMembers.Keep(name, text) && !_texts.ContainsKey(text) ? JsonValue.Create(text) : Place(text);

    public IReadOnlyList<ReadOnlyMemory<byte>> ToBytes() =>
        [.. _parts.Select((part, number) => (ReadOnlyMemory<byte>)(_others.Count > 0 && number == _othersPart ? Bytes(_others) : part))];

    private JsonObject Place(string text)
    {
        if (!_texts.TryGetValue(text, out var place))
        {
            _texts[text] = place = _texts.Count < MostTexts ? (Add(Bytes(JsonValue.Create(text))), null) : AddOther(text);
        }

        var taken = new JsonObject { [StoredParts.Text] = place.Part };
        if (place.At is { } at)
        {
            taken[StoredParts.At] = at;
        }

        return taken;
    }

    private (int Part, int? At) AddOther(string text)
    {
        if (_others.Count == 0)
        {
            _othersPart = Add([]);
        }

        _others.Add(JsonValue.Create(text));
        return (_othersPart, _others.Count - 1);
    }

    private int Add(byte[] part)
    {
        _parts.Add(part);
        return _parts.Count - 1;
    }

    private static byte[] Bytes(JsonNode text) => JsonSerializer.SerializeToUtf8Bytes(new ChosenText(text), AuditRecordJson.Default.ChosenText);
}
