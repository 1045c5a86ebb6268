using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>
/// Entries as they travel the queue: one a line, each <c>v1.{HMAC-SHA256, hex}.{JSON}</c> and sealed by itself. The MAC keeps out whoever
/// can write to the queue but does not have the key <c>audit-message-key</c>.
/// </summary>
internal static class AuditMessage
{
    /// <summary>What fits into a queue message after base64, in bytes. Messages are ASCII: JSON escapes everything else, line ends included.</summary>
    public const int MaxLength = 48 * 1024;

    /// <summary>What stands between two lines.</summary>
    public const char Separator = '\n';

    private const string Version = "v1.";
    private const int MacLength = 64;

    /// <summary>The entry's line, with whatever is too large cut.</summary>
    public static string Seal(AuditEntry entry, SecretVersion key)
    {
        var line = Seal(entry.Event is { } whole ? AuditLimits.Cap(whole, AuditLimits.MaxText, withDetails: true) : null);
        return line.Length <= MaxLength ? line : Seal(AuditLimits.Cap(entry.Event!, AuditLimits.MaxTextOfMany, withDetails: false));

        string Seal(AuditEvent? capped)
        {
            var json = JsonSerializer.Serialize(entry with { Event = capped }, AuditEntryJson.Default.AuditEntry);
            return $"{Version}{Mac(Encoding.UTF8.GetBytes(json), key)}.{json}";
        }
    }

    /// <summary>What is ours in a message, and what no key opens.</summary>
    public static OpenedMessage Open(byte[] message, IReadOnlyList<SecretVersion> keys)
    {
        var entries = new Dictionary<string, SealedEntry>(StringComparer.Ordinal);
        var foreign = new List<byte[]>();
        foreach (var range in message.AsSpan().Split((byte)Separator))
        {
            var line = message[range];
            if (OpenLine(line, keys) is { } entry)
            {
                entries.TryAdd(Encoding.UTF8.GetString(line), new SealedEntry(line, entry));
            }
            else
            {
                foreign.Add(line);
            }
        }

        return new OpenedMessage([.. entries.Values], Join(foreign));
    }

    /// <summary>The entry of a line; null when no key fits or it is none of ours.</summary>
    private static AuditEntry? OpenLine(ReadOnlySpan<byte> line, IReadOnlyList<SecretVersion> keys)
    {
        var jsonStart = Version.Length + MacLength + 1;
        if (line.Length <= jsonStart || !line.StartsWith(Encoding.ASCII.GetBytes(Version)) || line[jsonStart - 1] != '.')
        {
            return null;
        }

        var mac = line.Slice(Version.Length, MacLength);
        var json = line[jsonStart..];
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(mac, Encoding.ASCII.GetBytes(Mac(json, key))))
            {
                return JsonSerializer.Deserialize(json, AuditEntryJson.Default.AuditEntry);
            }
        }

        return null;
    }

    private static byte[] Join(List<byte[]> lines)
    {
        using var bytes = new MemoryStream();
        for (var index = 0; index < lines.Count; index++)
        {
            if (index > 0)
            {
                bytes.WriteByte((byte)Separator);
            }

            bytes.Write(lines[index]);
        }

        return bytes.ToArray();
    }

    private static string Mac(ReadOnlySpan<byte> json, SecretVersion key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Value), json));
}
