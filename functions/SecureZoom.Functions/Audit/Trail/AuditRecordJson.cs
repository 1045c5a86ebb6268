using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>How records are written: compact, in the order of their members, nothing that is null; the line that is proved.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditRecord))]
internal sealed partial class AuditRecordJson : JsonSerializerContext;
