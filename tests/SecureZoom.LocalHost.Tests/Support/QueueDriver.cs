using Azure.Storage.Queues;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>A queue of a test's own, and the scene of a host that serves it.</summary>
internal sealed class QueueDriver(Azurite azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public string Name { get; } = $"queue-{Guid.NewGuid():N}";

    public QueueClient Messages => azurite.Queue(Name);

    public QueueClient Poison => azurite.Queue($"{Name}-poison");

    /// <summary>The queue of the function that takes bytes.</summary>
    public QueueClient Bytes => azurite.Queue($"{Name}-bytes");

    /// <summary>The first two, as bytes on the wire.</summary>
    public QueueClient RawMessages => azurite.Queue(Name, QueueMessageEncoding.None);

    public QueueClient RawPoison => azurite.Queue($"{Name}-poison", QueueMessageEncoding.None);

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

    public async Task<string> SendAsync(string message)
    {
        await Messages.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        return (await Messages.SendMessageAsync(message, Cancelled)).Value.MessageId;
    }

    public static Task<string> PeekAsync(QueueClient queue) => Eventually.GetAsync(async () =>
        await queue.ExistsAsync(Cancelled) ? (await queue.PeekMessageAsync(Cancelled)).Value?.Body.ToString() : null);
}
