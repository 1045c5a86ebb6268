using System.Text.Json.Serialization;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Signature;

/// <summary>The body of <c>POST /api/signature</c>, under the names of Zoom's auth endpoint sample.</summary>
public sealed record SignatureRequest
{
    [JsonConverter(typeof(MeetingNumberConverter))]
    public required MeetingNumber MeetingNumber { get; init; }

    /// <summary>0 (participant) or 1 (host), as asked for.</summary>
    public int Role { get; init; }

    /// <summary>Seconds.</summary>
    public int? ExpirationSeconds { get; init; }

    /// <summary>0 or 1; 1 when left out.</summary>
    public int? VideoWebRtcMode { get; init; }

    /// <summary>An invitation, where the meeting is another organisation's.</summary>
    public string? Invitation { get; init; }

    public override string ToString() => nameof(SignatureRequest);
}
