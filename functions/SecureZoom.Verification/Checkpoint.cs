using System.Text.Json.Serialization;

namespace SecureZoom.Verification;

/// <summary>What a signed checkpoint states: at this time, this organisation's trail ended with this record and this hash.</summary>
/// <param name="Sequence">The last record's; 0 for an empty trail.</param>
/// <param name="Hash">The chain's hash there, 64 lower-case hex digits.</param>
/// <param name="Time">When it was signed, seconds since 1970.</param>
/// <param name="Previous">SHA-256 over the checkpoint before (its compact form), 64 hex digits; null for the first.</param>
/// <param name="Marks">
/// The first <see cref="MarkSize"/> bytes of the chain's hash at each record since the checkpoint before, base64url. The hash proves that
/// nothing was changed; the marks tell where.
/// </param>
public sealed record Checkpoint(
    [property: JsonPropertyName("org")] string Organization,
    [property: JsonPropertyName("seq")] long Sequence,
    [property: JsonPropertyName("hash")] string Hash,
    [property: JsonPropertyName("iat")] long Time,
    [property: JsonPropertyName("prev")] string? Previous,
    [property: JsonPropertyName("marks")] string Marks)
{
    /// <summary>Bytes a mark.</summary>
    public const int MarkSize = 6;

    [JsonIgnore]
    public DateTimeOffset SignedAt => DateTimeOffset.FromUnixTimeSeconds(Time);
}
