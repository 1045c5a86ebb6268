using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Meetings;

/// <summary>How the JSON of invitations is read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(InvitationRequest))]
[JsonSerializable(typeof(InvitationResponse))]
[JsonSerializable(typeof(InvitationList))]
internal sealed partial class InvitationJson : JsonSerializerContext;
