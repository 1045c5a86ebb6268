using System.Text.Json;
using System.Text.Json.Serialization;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Grants;

/// <summary>Seals grants and opens them again: no look-up, so that an invitation works while everything else is down.</summary>
public sealed class GrantSeal(SecretStore secrets, TimeProvider time)
{
    private const string Type = "grant";
    private const int MaxLength = 8 * 1024;

    public async Task<string> SealAsync(Grant grant, CancellationToken cancellationToken)
    {
        var key = await secrets.CurrentAsync(SecretNames.GrantKey, cancellationToken);
        return Jwe.Seal(JsonSerializer.SerializeToUtf8Bytes(grant, GrantJson.Default.Grant), Type, key);
    }

    /// <summary>The grant, if it is ours, has not ended and is made out to the caller.</summary>
    /// <exception cref="AccessException">It is not; the answer does not tell which.</exception>
    public async Task<Grant> OpenAsync(string token, Caller caller, CancellationToken cancellationToken)
    {
        var keys = await secrets.AllAsync(SecretNames.GrantKey, cancellationToken);
        var plain = token.Length <= MaxLength ? Jwe.Open(token, Type, keys) : null;
        var grant = plain is null ? null : JsonSerializer.Deserialize(plain, GrantJson.Default.Grant);
        return grant is not null && grant.Expires > time.GetUtcNow() && grant.IsFor(caller)
            ? grant
            : throw new AccessException(AccessError.InvalidGrant, "The invitation has ended, or is made out to somebody else.");
    }
}

/// <summary>How grants are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Grant))]
internal sealed partial class GrantJson : JsonSerializerContext;
