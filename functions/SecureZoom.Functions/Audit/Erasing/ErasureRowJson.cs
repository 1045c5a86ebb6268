using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>How erasures and holds are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Erasure))]
[JsonSerializable(typeof(LegalHold))]
internal sealed partial class ErasureRowJson : JsonSerializerContext;
