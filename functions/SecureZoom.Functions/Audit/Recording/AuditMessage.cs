using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>
/// An event as it travels the queue: <c>v1.{HMAC-SHA256, hex}.{JSON}</c>. The MAC keeps out whoever can write to the queue but does
/// not have the key <c>audit-message-key</c>.
/// </summary>
internal static class AuditMessage
{
    /// <summary>What fits into a queue message after base64, in bytes. Messages are ASCII: JSON escapes everything else.</summary>
    public const int MaxLength = 48 * 1024;

    private const string Version = "v1.";
    private const int MacLength = 64;

    /// <summary>The message, with whatever is too large cut.</summary>
    public static string Seal(AuditEvent auditEvent, SecretVersion key)
    {
        var message = Seal(AuditLimits.Cap(auditEvent, AuditLimits.MaxText, withDetails: true));
        return message.Length <= MaxLength ? message : Seal(AuditLimits.Cap(auditEvent, AuditLimits.MaxTextOfMany, withDetails: false));

        string Seal(AuditEvent capped)
        {
            var json = JsonSerializer.Serialize(capped, AuditEventJson.Default.AuditEvent);
            return $"{Version}{Mac(Encoding.UTF8.GetBytes(json), key)}.{json}";
        }
    }

    /// <summary>The event; null when no key fits or the message is none of ours.</summary>
    public static AuditEvent? Open(ReadOnlySpan<byte> message, IReadOnlyList<SecretVersion> keys)
    {
        var jsonStart = Version.Length + MacLength + 1;
        if (message.Length <= jsonStart || !message.StartsWith(Encoding.ASCII.GetBytes(Version)) || message[jsonStart - 1] != '.')
        {
            return null;
        }

        var mac = message.Slice(Version.Length, MacLength);
        var json = message[jsonStart..];
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(mac, Encoding.ASCII.GetBytes(Mac(json, key))))
            {
                return JsonSerializer.Deserialize(json, AuditEventJson.Default.AuditEvent);
            }
        }

        return null;
    }

    private static string Mac(ReadOnlySpan<byte> json, SecretVersion key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Value), json));
}
