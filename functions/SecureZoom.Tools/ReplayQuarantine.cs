using System.Globalization;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using SecureZoom.Verification;

namespace SecureZoom.Tools;

/// <summary>Puts what is in quarantine on the audit queue again, once its cause is mended; what fails again comes back.</summary>
internal static class ReplayQuarantine
{
    public const string Usage = "script/replay-quarantine CONNECTION_STRING | ACCOUNT_NAME (signed in with az login)";

    private const string Container = "audit-quarantine";
    private const string Queue = "audit-events";

    /// <summary>As the app sends it: a message that nobody takes for a week is still evidence.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (arguments is not [{ Length: > 0 } account])
        {
            throw new UsageException(Usage);
        }

        var (container, queue) = Connect(account);
        var replayed = 0;
        await foreach (var item in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix: null, cancellationToken))
        {
            var blob = container.GetBlobClient(item.Name);
            var message = await blob.DownloadContentAsync(cancellationToken);
            await queue.SendMessageAsync(message.Value.Content, timeToLive: Forever, cancellationToken: cancellationToken);
            await blob.DeleteAsync(cancellationToken: cancellationToken);
            await output.WriteLineAsync(PlainText.Of($"{item.Name} ({(item.Metadata.TryGetValue("reason", out var reason) ? reason : "no reason")})"));
            replayed++;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{replayed} replayed"));
        return 0;
    }

    private static (BlobContainerClient Container, QueueClient Queue) Connect(string account)
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        if (account.Contains('='))
        {
            return (new BlobContainerClient(account, Container), new QueueClient(account, Queue, options));
        }

        TokenCredential credential = new DefaultAzureCredential();
        return (
            new BlobContainerClient(new Uri($"https://{account}.blob.core.windows.net/{Container}"), credential),
            new QueueClient(new Uri($"https://{account}.queue.core.windows.net/{Queue}"), credential, options));
    }
}
