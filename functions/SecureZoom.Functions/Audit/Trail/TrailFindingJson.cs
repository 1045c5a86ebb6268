using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>How findings are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<TrailFinding>))]
internal sealed partial class TrailFindingJson : JsonSerializerContext;
