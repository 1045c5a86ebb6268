using Azure.Storage.Queues;
using SecureZoom.Sandbox.Storage;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>A queue of a test's own, and the scene of a host that serves it.</summary>
internal sealed class QueueDriver(Azurite azurite, string? name = null)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public string Name { get; } = name ?? $"queue-{Guid.NewGuid():N}";

    public QueueClient Messages => Queue(Name);

    public QueueClient Poison => Queue($"{Name}-poison");

    /// <summary>The queue of the function that takes bytes.</summary>
    public QueueClient Bytes => Queue($"{Name}-bytes");

    /// <summary>The first two, as bytes on the wire.</summary>
    public QueueClient RawMessages => Queue(Name, QueueMessageEncoding.None);

    public QueueClient RawPoison => Queue($"{Name}-poison", QueueMessageEncoding.None);

    /// <param name="options">More options of host.json's section.</param>
    public Scene Scene(string options = "", params string[] arguments) => new Scene
    {
        HostJson = $$"""
            { "extensions": { "queues": { "maxPollingInterval": "00:00:00.200"{{(options.Length == 0 ? "" : ", " + options)}} } } }
            """,
        LocalSettings = $$"""
            { "Values": { "Store": "{{azurite.ConnectionString}}", "QueueName": "{{Name}}", "Triggers": "queueTrigger,httpTrigger" } }
            """,
        Arguments = ["--port", "0", .. arguments],
    };

    /// <summary>Waits until no message is left, hidden ones included.</summary>
    public Task EmptiesAsync() => Eventually.IsAsync(async () =>
        (await Messages.GetPropertiesAsync(Cancelled)).Value.ApproximateMessagesCount == 0);

    /// <summary>How many messages nobody has taken; 32 at most.</summary>
    public async Task<int> CountVisibleAsync() => (await Messages.PeekMessagesAsync(maxMessages: 32, Cancelled)).Value.Length;

    public async Task<string> SendAsync(string message)
    {
        await Messages.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        return (await Messages.SendMessageAsync(message, Cancelled)).Value.MessageId;
    }

    public static Task<string> PeekAsync(QueueClient queue) => Eventually.GetAsync(async () =>
        await queue.ExistsAsync(Cancelled) ? (await queue.PeekMessageAsync(Cancelled)).Value?.Body.ToString() : null);

    private QueueClient Queue(string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64) =>
        new(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = encoding });
}
