using Azure.Storage.Queues;
using SecureZoom.LocalHost.Tests.Functions;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>A queue of a test's own, with the host that serves it.</summary>
public sealed class QueueDriver(Azurite azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public string Name { get; } = $"queue-{Guid.NewGuid():N}";

    public QueueClient Messages => azurite.Queue(Name);

    public QueueClient Poison => azurite.Queue($"{Name}-poison");

    /// <summary>The same two, as bytes on the wire.</summary>
    public QueueClient RawMessages => azurite.Queue(Name, QueueMessageEncoding.None);

    public QueueClient RawPoison => azurite.Queue($"{Name}-poison", QueueMessageEncoding.None);

    public static string HostJson(string options = "") => $$"""
        { "extensions": { "queues": { "maxPollingInterval": "00:00:00.200"{{(options.Length == 0 ? "" : ", " + options)}} } } }
        """;

    public TestHost NewHost(string options = "") => new TestHost(typeof(Worker), HostJson(options))
        .Set("Store", azurite.ConnectionString).Set("QueueName", Name);

    public Task ExistsAsync() => Eventually.IsAsync(async () => await Messages.ExistsAsync(Cancelled));

    /// <summary>Waits until no message is left, hidden ones included.</summary>
    public Task EmptiesAsync() => Eventually.IsAsync(async () =>
        (await Messages.GetPropertiesAsync(Cancelled)).Value.ApproximateMessagesCount == 0);

    public async Task SendAsync(string message)
    {
        await Messages.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        await Messages.SendMessageAsync(message, Cancelled);
    }

    public static Task<string> PeekAsync(QueueClient queue) => Eventually.GetAsync(async () =>
        await queue.ExistsAsync(Cancelled) ? (await queue.PeekMessageAsync(Cancelled)).Value?.Body.ToString() : null);
}
