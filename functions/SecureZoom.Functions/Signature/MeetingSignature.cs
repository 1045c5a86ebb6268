using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Signature;

/// <summary>Mints Meeting SDK signatures: JWTs (HS256) with the claims that Zoom's SDK wants.</summary>
/// <remarks>Source: Zoom's auth endpoint sample; <c>sdkKey</c> repeats <c>appKey</c> for SDKs before 5.0.</remarks>
internal static class MeetingSignature
{
    /// <summary>Zoom's servers refuse what is issued in their future, so it is issued a little in our past.</summary>
    public static readonly TimeSpan BackDated = TimeSpan.FromSeconds(30);

    private static readonly string Header = Encode("""{"alg":"HS256","typ":"JWT"}""");

    /// <param name="clientId">The Meeting SDK app's client id.</param>
    /// <param name="secret">The Meeting SDK app's client secret.</param>
    /// <param name="now">The signature is issued <see cref="BackDated"/> before this.</param>
    /// <param name="expires">When it ends. Zoom wants it 1,800 s to 48 h after the issue, so one that ends sooner is back-dated further.</param>
    /// <param name="webRtc">Whether the SDK uses WebRTC for video.</param>
    public static string Mint(
        string clientId, string secret, MeetingNumber meeting, MeetingRole role, DateTimeOffset now, DateTimeOffset expires, bool webRtc)
    {
        var ends = expires.ToUnixTimeSeconds();
        var issued = Math.Min((now - BackDated).ToUnixTimeSeconds(), ends - SignatureOptions.MinExpirationSeconds);
        var id = JsonEncoded(clientId);
        var claims = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"appKey":{{id}},"sdkKey":{{id}},"mn":{{meeting}},"role":{{(int)role}},"iat":{{issued}},"exp":{{ends}},"tokenExp":{{ends}},"video_webrtc_mode":{{(webRtc ? 1 : 0)}}}""");
        var signed = $"{Header}.{Encode(claims)}";
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(mac)}";
    }

    private static string JsonEncoded(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text)}\"";

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
