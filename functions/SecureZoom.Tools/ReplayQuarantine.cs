using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using SecureZoom.Verification;

namespace SecureZoom.Tools;

/// <summary>Puts what is in quarantine and in the poison queue on the audit queue again, once its cause is mended; what fails again comes back.</summary>
internal static class ReplayQuarantine
{
    public const string Usage = "script/replay-quarantine CONNECTION_STRING | ACCOUNT_NAME (signed in with az login)";

    private const string Container = "audit-quarantine";
    private const string Queue = "audit-events";
    private const string PoisonQueue = $"{Queue}-poison";

    /// <summary>As the app sends it: a message that nobody takes for a week is still evidence.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (arguments is not [{ Length: > 0 } account])
        {
            throw new UsageException(Usage);
        }

        var (container, queue) = Connect(account);
        var replayed = await EmptyAsync(container, queue(Queue, QueueMessageEncoding.Base64), output, cancellationToken);
        // A message that was given up is put back as it is, whatever it is.
        replayed += await EmptyAsync(queue(PoisonQueue, QueueMessageEncoding.None), queue(Queue, QueueMessageEncoding.None), output, cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{replayed} replayed"));
        return 0;
    }

    private static async Task<int> EmptyAsync(BlobContainerClient container, QueueClient queue, TextWriter output, CancellationToken cancellationToken)
    {
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

        return replayed;
    }

    /// <summary>One message after the other: it is deleted once it is in its place, and of two that do this at once one comes first.</summary>
    private static async Task<int> EmptyAsync(QueueClient poison, QueueClient queue, TextWriter output, CancellationToken cancellationToken)
    {
        var replayed = 0;
        while (await TakeAsync(poison, cancellationToken) is { } message)
        {
            await queue.SendMessageAsync(message.Body, timeToLive: Forever, cancellationToken: cancellationToken);
            await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
            await output.WriteLineAsync(PlainText.Of($"{PoisonQueue}/{message.MessageId}"));
            replayed++;
        }

        return replayed;
    }

    private static async Task<QueueMessage?> TakeAsync(QueueClient poison, CancellationToken cancellationToken)
    {
        try
        {
            return (await poison.ReceiveMessageAsync(visibilityTimeout: null, cancellationToken)).Value;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // On a developer's machine the host makes it with the first message. Asking for it would take one more role.
            return null;
        }
    }

    private static (BlobContainerClient Container, Func<string, QueueMessageEncoding, QueueClient> Queue) Connect(string account)
    {
        if (account.Contains('='))
        {
            return (new BlobContainerClient(account, Container), (name, encoding) => new QueueClient(account, name, Options(encoding)));
        }

        TokenCredential credential = new DefaultAzureCredential();
        return (
            new BlobContainerClient(new Uri($"https://{account}.blob.core.windows.net/{Container}"), credential),
            (name, encoding) => new QueueClient(new Uri($"https://{account}.queue.core.windows.net/{name}"), credential, Options(encoding)));

        static QueueClientOptions Options(QueueMessageEncoding encoding) => new() { MessageEncoding = encoding };
    }
}
