using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>How records are written: compact, in the order of their members, nothing that is null. What is written so is what the log commits to.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AuditRecord))]
[JsonSerializable(typeof(Deed))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(ChosenText))]
internal sealed partial class AuditRecordJson : JsonSerializerContext;
