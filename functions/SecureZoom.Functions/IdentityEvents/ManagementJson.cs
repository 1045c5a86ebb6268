using System.Text.Json.Serialization;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>How the JSON of Auth0's Management API is read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ManagementToken))]
[JsonSerializable(typeof(ManagementSignOut))]
internal sealed partial class ManagementJson : JsonSerializerContext;

/// <summary>A token, as Auth0 answers it.</summary>
internal sealed record ManagementToken(string AccessToken, int ExpiresIn)
{
    public override string ToString() => nameof(ManagementToken);
}

/// <summary>The body of <c>revoke-access</c>: all sessions and refresh tokens.</summary>
internal sealed record ManagementSignOut;
