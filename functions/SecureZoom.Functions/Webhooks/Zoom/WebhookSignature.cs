using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>Zoom's webhook signature: <c>v0=</c> and the lower-case hex of HMAC-SHA256 over <c>v0:{timestamp}:{raw body}</c>.</summary>
internal static class WebhookSignature
{
    private const string Version = "v0";

    // Seconds since 1970 have ten digits until the year 2286.
    private const int MaxTimestampLength = 10;
    private static readonly int Length = Version.Length + 1 + (2 * HMACSHA256.HashSizeInBytes);

    /// <summary>Whether the signature is the one that a secret gives; the time that it takes tells nothing about either.</summary>
    /// <param name="body">The body's bytes exactly as they came: parsed and written again they are others.</param>
    public static bool Verify(string secret, string timestamp, ReadOnlySpan<byte> body, string signature)
    {
        if (signature.Length != Length || timestamp.Length is 0 or > MaxTimestampLength)
        {
            return false;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{Version}:{timestamp}:"));
        hmac.AppendData(body);
        var expected = $"{Version}={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>When the webhook was sent; null when the header is no number of seconds.</summary>
    public static DateTimeOffset? Time(string timestamp) =>
        timestamp.Length <= MaxTimestampLength
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>The answer to a challenge: the lower-case hex of HMAC-SHA256 over the plain token.</summary>
    public static string Answer(string secret, string plainToken) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(plainToken)));
}
