using System.Text.Json.Serialization;
using SecureZoom.Verification.Log;

namespace SecureZoom.Verification;

/// <summary>How checkpoints are written and records looked at: strictly, since whoever made them up would not keep to it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JwsHeader))]
[JsonSerializable(typeof(CheckpointFile))]
[JsonSerializable(typeof(DeedPlace))]
[JsonSerializable(typeof(LineParts))]
[JsonSerializable(typeof(ExportTrailer))]
[JsonSerializable(typeof(EvidenceProof))]
[JsonSerializable(typeof(EvidenceEnd))]
[JsonSerializable(typeof(ErasureDeed))]
[JsonSerializable(typeof(CutDeed))]
[JsonSerializable(typeof(string))]
internal sealed partial class VerificationJson : JsonSerializerContext;
