using System.Text.Json.Serialization;
using SecureZoom.Functions.Audit;
using SecureZoom.Functions.Health;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Signature;
using SecureZoom.Functions.Webhook;

namespace SecureZoom.Functions.Http;

/// <summary>How JSON of our own making is read and written; what carries Zoom's names is in <see cref="Zoom.ZoomJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SignatureRequest))]
[JsonSerializable(typeof(SignatureAnswer))]
[JsonSerializable(typeof(InvitationRequest))]
[JsonSerializable(typeof(InvitationAnswer))]
[JsonSerializable(typeof(MeAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ChallengeAnswer))]
internal sealed partial class AppJson : JsonSerializerContext;
