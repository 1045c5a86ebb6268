using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SecureZoom.Functions.Audit.Summaries;
using SecureZoom.Verification;

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
[JsonSerializable(typeof(EvidenceProof))]
[JsonSerializable(typeof(EvidenceEnd))]
[JsonSerializable(typeof(FindingList))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(LookedAt))]
[JsonSerializable(typeof(SummaryResponse))]
internal sealed partial class AuditJson : JsonSerializerContext;
