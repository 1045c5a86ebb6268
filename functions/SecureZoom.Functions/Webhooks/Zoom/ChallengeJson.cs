using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>How the answer to Zoom's validation of an endpoint is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ChallengeResponse))]
internal sealed partial class ChallengeJson : JsonSerializerContext;
