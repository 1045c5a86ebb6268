using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>How entries are written into messages: compact, in the order of their members, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditEntryJson : JsonSerializerContext;
