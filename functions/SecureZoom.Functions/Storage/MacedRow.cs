using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Storage;

/// <summary>
/// A row that is one run of bytes under a MAC that no rotation changes (<see cref="StableMac"/>): caches beside an organisation's trail, which
/// are made anew where they are not ours. Columns take 64 KiB each, so the bytes are in as many as they need.
/// </summary>
internal static class MacedRow
{
    /// <summary>What a row takes, less its keys and its MAC.</summary>
    public const int MaxBytes = MaxColumns * ColumnBytes;

    private const int ColumnBytes = 60 * 1024;
    private const int MaxColumns = 15;
    private const string MacColumn = "Mac";

    /// <exception cref="ArgumentOutOfRangeException">The bytes are more than a row takes.</exception>
    public static TableEntity Write(string partition, string key, byte[] content, StableMac mac)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, MaxBytes);
        var row = new TableEntity(partition, key) { [MacColumn] = MacOf(partition, key, content, mac) };
        foreach (var (number, bytes) in content.Chunk(ColumnBytes).Index())
        {
            row[ColumnOf(number)] = bytes;
        }

        return row;
    }

    /// <returns>Null where the row is not as we wrote it.</returns>
    public static byte[]? TryRead(TableEntity row, StableMac mac)
    {
        using var content = new MemoryStream();
        for (var number = 0; row.TryGetValue(ColumnOf(number), out var value) && value is byte[] bytes; number++)
        {
            content.Write(bytes);
        }

        return row.TryGetValue(MacColumn, out var written)
            && written is string text
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(MacOf(row.PartitionKey, row.RowKey, content.ToArray(), mac)))
                ? content.ToArray()
                : null;
    }

    private static string ColumnOf(int number) => number == 0 ? "Content" : $"Content{number}";

    private static string MacOf(string partition, string key, byte[] content, StableMac mac) =>
        mac.Of("row", partition, key, Convert.ToBase64String(SHA256.HashData(content)));
}
