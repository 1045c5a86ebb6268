using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Profile;

/// <summary>How the JSON of <c>me</c> is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(MeResponse))]
internal sealed partial class MeJson : JsonSerializerContext;
