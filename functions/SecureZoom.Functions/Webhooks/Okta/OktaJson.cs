using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Webhooks.Okta;

/// <summary>How the answer to Okta's verification is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OktaChallengeResponse))]
internal sealed partial class OktaJson : JsonSerializerContext;
