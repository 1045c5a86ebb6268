using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit;

/// <summary>How audit events and records are written: compact, in the order of their members, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEvent))]
[JsonSerializable(typeof(AuditRecord))]
[JsonSerializable(typeof(AuditQuery))]
internal sealed partial class AuditJson : JsonSerializerContext;
