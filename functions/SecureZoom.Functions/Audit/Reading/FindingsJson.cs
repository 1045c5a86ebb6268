using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>How the JSON of <c>audit/findings</c> is read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FindingsKnown))]
internal sealed partial class FindingsJson : JsonSerializerContext;
