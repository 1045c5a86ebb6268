using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Storage;

/// <summary>
/// Seals rows, so that whoever can write to a table but has no key cannot make one up, change one, or put one in another's place:
/// HMAC-SHA256 under <c>storage-seal-key</c> over the table, both keys and every property with its type, in the property <c>Seal</c>.
/// </summary>
/// <remarks>A row can still be removed, or replaced by what was sealed in its place before; what must notice that compares rows.</remarks>
public sealed partial class RowSeal(SecretStore secrets, TimeProvider time, ILogger<RowSeal> logger)
{
    private const string Property = "Seal";

    /// <summary>A table's rows are all looked at once a day; until then a wrong one is not known to be mended.</summary>
    private static readonly TimeSpan Remember = TimeSpan.FromHours(25);

    private const int MaxReported = 1_000;

    /// <summary>The rows that were reported, as they were then: each is once, until it changes.</summary>
    private readonly ConcurrentDictionary<(string Table, string PartitionKey, string RowKey), ETag> _reported = new();
    private long _brokenAt;

    /// <summary>Whether rows were met lately that are not as we wrote them.</summary>
    public bool Broken => time.GetUtcNow().UtcTicks - Volatile.Read(ref _brokenAt) < Remember.Ticks;

    /// <summary>Seals a row as it is now, with the current key: the last thing before it is written.</summary>
    /// <exception cref="SecretException">There is no key.</exception>
    public async ValueTask SealAsync(string table, TableEntity row, CancellationToken cancellationToken) =>
        row[Property] = Mac(table, row, await secrets.SealingAsync(SecretNames.StorageSealKey, cancellationToken));

    /// <summary>Looks at the seal of a row, read whole. A wrong one is reported; its row is to be treated as missing.</summary>
    /// <exception cref="SecretException">There is no key.</exception>
    public async ValueTask<SealState> CheckAsync(string table, TableEntity row, CancellationToken cancellationToken)
    {
        var keys = await secrets.AllAsync(SecretNames.StorageSealKey, cancellationToken);
        // Somebody else may have added what we never write.
        var isLikeOurs = row.Where(property => IsContent(property.Key, property.Value)).All(property => IsSealed(property.Value));
        var seal = isLikeOurs && row.TryGetValue(Property, out var value) ? value as byte[] : null;
        for (var i = 0; seal is not null && i < keys.Count; i++)
        {
            if (CryptographicOperations.FixedTimeEquals(seal, Mac(table, row, keys[i])))
            {
                return i == 0 ? SealState.Current : SealState.Earlier;
            }
        }

        Report(table, row);
        return SealState.Wrong;
    }

    /// <summary>Reports that rows are missing, or older than they should be, though each has a good seal.</summary>
    public void ReportLoss(string table, string partition, long generation)
    {
        Volatile.Write(ref _brokenAt, time.GetUtcNow().UtcTicks);
        Log.Lost(logger, partition, table, generation);
    }

    private void Report(string table, TableEntity row)
    {
        Volatile.Write(ref _brokenAt, time.GetUtcNow().UtcTicks);
        var place = (table, row.PartitionKey, row.RowKey);
        if (_reported.TryGetValue(place, out var reported) && reported == row.ETag)
        {
            return;
        }

        if (_reported.Count >= MaxReported)
        {
            _reported.Clear();
        }

        _reported[place] = row.ETag;
        Log.Broken(logger, table, row.PartitionKey, row.RowKey);
    }

    private static byte[] Mac(string table, TableEntity row, SecretVersion key) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Value), Encode(table, row));

    /// <summary>One encoding for one row: every text and array behind its length, every value behind its type, by name.</summary>
    private static byte[] Encode(string table, TableEntity row)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Write(writer, table);
        Write(writer, row.PartitionKey);
        Write(writer, row.RowKey);
        foreach (var (name, value) in row.Where(property => IsContent(property.Key, property.Value)).OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            Write(writer, name);
            Write(writer, value);
        }

        return bytes.ToArray();
    }

    /// <summary>Neither the seal itself nor what the service adds; a table keeps no nulls.</summary>
    private static bool IsContent(string name, object? value) =>
        value is not null
        && name is not (Property or nameof(ITableEntity.PartitionKey) or nameof(ITableEntity.RowKey) or nameof(ITableEntity.Timestamp))
        && !name.StartsWith("odata.", StringComparison.Ordinal);

    private static bool IsSealed(object value) => value is string or bool or int or long or DateTimeOffset or byte[];

    private static void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.Write('s');
                Write(writer, text);
                break;
            case bool flag:
                writer.Write('b');
                writer.Write(flag);
                break;
            case int number:
                writer.Write('i');
                writer.Write(number);
                break;
            case long number:
                writer.Write('l');
                writer.Write(number);
                break;
            case DateTimeOffset moment:
                writer.Write('t');
                writer.Write(moment.UtcTicks);
                break;
            case byte[] bytes:
                writer.Write('x');
                writer.Write(bytes.Length);
                writer.Write(bytes);
                break;
            default:
                throw new NotSupportedException($"Rows with a {value.GetType().Name} are not sealed.");
        }
    }

    /// <summary>As UTF-16, which keeps what is no text in UTF-8 apart.</summary>
    private static void Write(BinaryWriter writer, string text)
    {
        writer.Write(text.Length);
        writer.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 113, Level = LogLevel.Critical, Message = "A row's seal is wrong, so it counts as missing: {PartitionKey} {RowKey} in {Table}")]
        public static partial void Broken(ILogger logger, string table, string partitionKey, string rowKey);

        [LoggerMessage(EventId = 114, Level = LogLevel.Critical, Message = "The rows of {Partition} in {Table} are not those of any change up to {Generation}, so they count as unread")]
        public static partial void Lost(ILogger logger, string partition, string table, long generation);
    }
}
