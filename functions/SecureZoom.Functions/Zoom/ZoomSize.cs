using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Zoom;

/// <summary>A size as Zoom writes it: 1, 1.0 or "1"; null for what is none.</summary>
internal sealed class ZoomSize : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return decimal.TryParse(value.RootElement.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size)
            && size % 1 == 0 && size <= long.MaxValue
                ? (long)size
                : null;
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } size)
        {
            writer.WriteNumberValue(size);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
