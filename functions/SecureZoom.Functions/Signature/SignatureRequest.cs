using System.Text.Json.Serialization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Signature;

/// <summary>The body of <c>POST /api/signature</c>, under the names of Zoom's auth endpoint sample.</summary>
public sealed record SignatureRequest
{
    [JsonConverter(typeof(MeetingNumberConverter))]
    public required MeetingNumber MeetingNumber { get; init; }

    /// <summary>0 (participant) or 1 (host), as asked for.</summary>
    [JsonConverter(typeof(DigitsConverter))]
    public int Role { get; init; }

    /// <summary>Seconds.</summary>
    [JsonConverter(typeof(DigitsConverter))]
    public int? ExpirationSeconds { get; init; }

    /// <summary>0 or 1; 1 when left out.</summary>
    [JsonConverter(typeof(DigitsConverter))]
    public int? VideoWebRtcMode { get; init; }

    /// <summary>An invitation, where the meeting is another organisation's.</summary>
    public string? Invitation { get; init; }

    /// <summary><c>meeting</c>: what reading the meeting would answer, its passcode too.</summary>
    public string? Include { get; init; }

    public override string ToString() => nameof(SignatureRequest);
}
