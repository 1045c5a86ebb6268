namespace SecureZoom.LocalHost.Protocol;

/// <summary>Reads a binding as the worker's generator writes it into the function's metadata.</summary>
internal static class BindingInfoReader
{
    /// <returns>The parameter's name, and how it is bound.</returns>
    public static (string Name, BindingInfo Binding) Read(string raw)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(raw);
        return (json.GetProperty("name").GetString()!, new BindingInfo
        {
            Type = json.GetProperty("type").GetString(),
            Direction = Value<BindingInfo.Types.Direction>(json, "direction"),
            DataType = Value<BindingInfo.Types.DataType>(json, "dataType"),
        });
    }

    private static T Value<T>(JsonElement binding, string member)
        where T : struct, Enum =>
        binding.TryGetProperty(member, out var value) && Enum.TryParse(value.GetString(), ignoreCase: true, out T read) ? read : default;
}
