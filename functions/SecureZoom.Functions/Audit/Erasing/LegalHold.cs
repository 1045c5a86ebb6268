using System.Globalization;
using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>That something must not be erased in an organisation's trail: a person, or what is in a range of records.</summary>
/// <param name="Key">The MAC that stands for the person; null where it is a range.</param>
internal sealed record LegalHold(string Id, string Organization, string? Key, long? First, long? Last, string Reason, DateTimeOffset Since)
{
    [JsonIgnore]
    public string What => Key is { } key
        ? $"person {key}"
        : string.Create(CultureInfo.InvariantCulture, $"records {First} to {Last}");

    public bool Covers(long sequence) => sequence >= First && sequence <= Last;
}
