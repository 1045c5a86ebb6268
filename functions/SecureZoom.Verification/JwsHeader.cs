using System.Text.Json.Serialization;

namespace SecureZoom.Verification;

/// <summary>The protected header of a <see cref="DetachedJws"/>.</summary>
/// <param name="Type">What the text is: a signature over one kind of text says nothing of another.</param>
/// <param name="Time">Of a checkpoint: when it was signed, in seconds since 1970.</param>
/// <param name="Organization">Of a checkpoint: whose trail the log is.</param>
/// <param name="Number">Of a checkpoint: its place among the log's.</param>
public sealed record JwsHeader(
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("typ")] string Type,
    [property: JsonPropertyName("kid")] string KeyId,
    [property: JsonPropertyName("jwk")] PublicKey Key,
    [property: JsonPropertyName("b64")] bool Base64,
    [property: JsonPropertyName("crit")] IReadOnlyList<string> Critical,
    [property: JsonPropertyName("iat")] long? Time = null,
    [property: JsonPropertyName("org")] string? Organization = null,
    [property: JsonPropertyName("num")] long? Number = null);
