using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// HMAC-SHA256 under <c>storage-seal-key</c> over a record's log, place and leaf, hex: until the next checkpoint it tells which record is
/// our own and which was put in its place.
/// </summary>
internal static class RecordMac
{
    public static string Of(SecretVersion key, string log, long sequence, ReadOnlySpan<byte> leaf)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"audit-record\n{log}\n{sequence}\n{Convert.ToHexStringLower(leaf)}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Value), Encoding.UTF8.GetBytes(place)));
    }

    public static bool Verify(string mac, IReadOnlyList<SecretVersion> keys, string log, long sequence, ReadOnlySpan<byte> leaf)
    {
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mac), Encoding.UTF8.GetBytes(Of(key, log, sequence, leaf))))
            {
                return true;
            }
        }

        return false;
    }
}
