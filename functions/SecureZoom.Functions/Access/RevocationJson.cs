using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Access;

/// <summary>How the JSON of revocations is read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RevocationRequest))]
[JsonSerializable(typeof(RevocationResponse))]
[JsonSerializable(typeof(RevocationListResponse))]
internal sealed partial class RevocationJson : JsonSerializerContext;
