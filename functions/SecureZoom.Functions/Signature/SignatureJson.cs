using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Signature;

/// <summary>How the JSON of <c>signature</c> is read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SignatureRequest))]
[JsonSerializable(typeof(SignatureResponse))]
internal sealed partial class SignatureJson : JsonSerializerContext;
