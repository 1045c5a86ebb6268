using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>How what the trail's readers get is written: compact, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditQuery))]
[JsonSerializable(typeof(VerificationResponse))]
[JsonSerializable(typeof(CheckpointList))]
[JsonSerializable(typeof(KeySet))]
[JsonSerializable(typeof(ConsistencyResponse))]
[JsonSerializable(typeof(ExportTrailer))]
[JsonSerializable(typeof(FindingList))]
internal sealed partial class AuditJson : JsonSerializerContext;
