using System.Text.Json.Nodes;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Signature;

/// <summary>The answer of <c>POST /api/signature</c>.</summary>
/// <param name="SdkKey">The Meeting SDK app's client id.</param>
/// <param name="MeetingNumber">Digits.</param>
/// <param name="Role">The role that the signature carries, which may be less than was asked for.</param>
/// <param name="Reason">Why that role: one of <see cref="SignatureReasons"/>.</param>
/// <param name="Zak">The host's own Zoom access key; only with role 1.</param>
/// <param name="Meeting">What reading the meeting would answer, where that was asked for.</param>
public sealed record SignatureResponse(
    string Signature, string SdkKey, string MeetingNumber, int Role, string Reason, DateTimeOffset ExpiresAt, string? Zak, JsonNode? Meeting)
{
    public override string ToString() => nameof(SignatureResponse);
}
