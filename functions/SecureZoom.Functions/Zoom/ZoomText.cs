using System.Text.Json;
using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Zoom;

/// <summary>Reads a text, or a number as its digits: Zoom's own descriptions have both.</summary>
internal sealed class ZoomText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
