using System.Text;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>Everything that a storage account holds, as text: rows, messages, blobs, and what is base64 in them.</summary>
internal static partial class StorageSearch
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Where a word stands, in whatever case.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(Cloud cloud, string word) =>
        [.. (await ReadAsync(cloud)).Where(one => Holds(one.Text, word)).Select(one => one.Place)];

    /// <summary>Whether a text, or what is base64 in it, holds a word.</summary>
    public static bool Holds(string text, string word) =>
        Plain(text).Contains(word, StringComparison.OrdinalIgnoreCase)
        || Base64().Matches(text).Any(found => Decode(found.Value) is { } decoded && Plain(decoded).Contains(word, StringComparison.OrdinalIgnoreCase));

    private static async Task<IReadOnlyList<(string Place, string Text)>> ReadAsync(Cloud cloud)
    {
        var found = new List<(string, string)>();
        var tables = new TableServiceClient(cloud.Storage.ConnectionString);
        await foreach (var table in tables.QueryAsync(cancellationToken: Cancellation))
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                found.AddRange(row.Select(property => (
                    $"{table.Name} {row.PartitionKey} {row.RowKey} {property.Key}",
                    property.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{property.Value}")));
            }
        }

        var queues = new QueueServiceClient(cloud.Storage.ConnectionString);
        await foreach (var queue in queues.GetQueuesAsync(cancellationToken: Cancellation))
        {
            var messages = await queues.GetQueueClient(queue.Name).PeekMessagesAsync(32, Cancellation);
            found.AddRange(messages.Value.Select(message => (queue.Name, message.Body.ToString())));
        }

        var blobs = new BlobServiceClient(cloud.Storage.ConnectionString);
        await foreach (var container in blobs.GetBlobContainersAsync(cancellationToken: Cancellation))
        {
            await foreach (var blob in blobs.GetBlobContainerClient(container.Name).GetBlobsAsync(cancellationToken: Cancellation))
            {
                var content = await blobs.GetBlobContainerClient(container.Name).GetBlobClient(blob.Name).DownloadContentAsync(Cancellation);
                found.Add(($"{container.Name}/{blob.Name}", $"{blob.Name}\n{content.Value.Content}"));
            }
        }

        return found;
    }

    private static string? Decode(string text)
    {
        var bytes = new byte[text.Length];
        var padded = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    /// <summary>Without what JSON escapes.</summary>
    private static string Plain(string text) =>
        Escape().Replace(text, found => ((char)Convert.ToInt32(found.Groups[1].Value, 16)).ToString());

    [GeneratedRegex("[A-Za-z0-9+/_-]{16,}={0,2}")]
    private static partial Regex Base64();

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escape();
}
