using System.Text.Json.Serialization;

namespace SecureZoom.Verification;

/// <summary>How checkpoints are written and records looked at.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CheckpointHeader))]
[JsonSerializable(typeof(Checkpoint))]
[JsonSerializable(typeof(LinePlace))]
internal sealed partial class VerificationJson : JsonSerializerContext;
