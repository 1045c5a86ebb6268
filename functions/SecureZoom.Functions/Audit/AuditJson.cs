using System.Text.Json.Serialization;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit;

/// <summary>How audit events and records are written: compact, in the order of their members, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEvent))]
[JsonSerializable(typeof(AuditRecord))]
[JsonSerializable(typeof(AuditQuery))]
[JsonSerializable(typeof(PublicKey))]
[JsonSerializable(typeof(VerificationResponse))]
[JsonSerializable(typeof(CheckpointList))]
[JsonSerializable(typeof(KeySet))]
[JsonSerializable(typeof(ExportTrailer))]
internal sealed partial class AuditJson : JsonSerializerContext;
