using System.Text.Json.Serialization;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>How checkpoints and the keys that prove them are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CheckpointFile))]
[JsonSerializable(typeof(KeyStatement))]
[JsonSerializable(typeof(TrustedKeys))]
[JsonSerializable(typeof(ErasedParts[]))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
