using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Http;

/// <summary>Reads a whole number as a JSON number, or as digits in text, as Zoom's own samples send them; writes a number.</summary>
internal sealed class DigitsConverter : JsonConverter<int>
{
    private const int MaxDigits = 9;

    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
        {
            return number;
        }

        return reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: >= 1 and <= MaxDigits } text && text.All(char.IsAsciiDigit)
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
