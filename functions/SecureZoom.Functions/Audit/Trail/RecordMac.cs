using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// HMAC-SHA256 over a record's organisation, place and chain hash, hex. Until the next checkpoint it is what tells the trail's own
/// records from rewritten ones; it covers everything in front, since the hash does.
/// </summary>
internal static class RecordMac
{
    public static string Of(SecretVersion key, string organization, long sequence, ReadOnlySpan<byte> hash)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"audit-record\n{organization}\n{sequence}\n{Convert.ToHexStringLower(hash)}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Value), Encoding.UTF8.GetBytes(place)));
    }

    public static bool Verify(string mac, IReadOnlyList<SecretVersion> keys, string organization, long sequence, ReadOnlySpan<byte> hash)
    {
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(mac), Encoding.UTF8.GetBytes(Of(key, organization, sequence, hash))))
            {
                return true;
            }
        }

        return false;
    }
}
