using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;

namespace SecureZoom.Functions.Storage;

/// <summary>What a partition holds: rows, and the head that tells of them; null before the first change.</summary>
internal sealed record PartitionContents(TableEntity? Head, IReadOnlyDictionary<string, TableEntity> Rows)
{
    /// <summary>The head's key.</summary>
    public const string HeadKey = "head";

    /// <summary>The head's property that counts the changes, and a row's that says which of them wrote it.</summary>
    public const string GenerationProperty = "Generation";

    private const string Digest = "Digest";

    /// <summary>Clocks differ, and nothing may be forgotten too early.</summary>
    private static readonly TimeSpan ForgetLate = TimeSpan.FromHours(1);

    public long Generation => Head?.GetInt64(GenerationProperty) ?? 0;

    /// <summary>Whether the rows are those that the head tells of.</summary>
    public bool IsWhole => Head is null ? Rows.Count == 0 : Head.GetString(Digest) == DigestOf(Rows);

    /// <summary>Whether a row's time has come.</summary>
    public static bool MayGo(TableEntity row, DateTimeOffset now) => row.GetDateTimeOffset(CachedPartition.KeepUntil) < now - ForgetLate;

    /// <summary>The head that tells of the rows after a change.</summary>
    public static TableEntity NewHead(string partition, long generation, IReadOnlyDictionary<string, TableEntity> rows) =>
        new(partition, HeadKey) { [GenerationProperty] = generation, [Digest] = DigestOf(rows) };

    private static string DigestOf(IReadOnlyDictionary<string, TableEntity> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Values.OrderBy(row => row.RowKey, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.RowKey}\n{row.GetInt64(GenerationProperty)}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
