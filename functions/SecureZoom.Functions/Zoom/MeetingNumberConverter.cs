using System.Text.Json;
using System.Text.Json.Serialization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Zoom;

/// <summary>Reads a meeting number as a JSON number or a string; writes it as a number.</summary>
public sealed class MeetingNumberConverter : JsonConverter<MeetingNumber>
{
    public override MeetingNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && MeetingNumber.From(value) is { } number)
        {
            return number;
        }

        if (reader.TokenType == JsonTokenType.String && MeetingNumber.TryParse(reader.GetString(), spaced: true, out var parsed))
        {
            return parsed;
        }

        throw new InvalidValueException("A meeting number has 9 to 11 digits.");
    }

    public override void Write(Utf8JsonWriter writer, MeetingNumber value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Value);
}
