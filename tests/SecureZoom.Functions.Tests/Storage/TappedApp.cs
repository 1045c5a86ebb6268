using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Secrets;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Storage;

/// <summary>An app in a cloud of its own, which the template has prepared, with a tap on every service of Azure that it asks.</summary>
public sealed class TappedApp : IAsyncLifetime
{
    private readonly ConcurrentQueue<SentRequest> _sent = new();
    private readonly KeyVaultStandIn _vault = new();

    public Cloud Cloud { get; } = new();

    public App App { get; private set; } = null!;

    /// <summary>What the app has asked of Azure so far.</summary>
    internal IReadOnlyCollection<SentRequest> Sent => _sent;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Connection => Cloud.Storage.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        await Cloud.InitializeAsync();
        await PrepareAsync();
        foreach (var (name, value) in Cloud.Secrets)
        {
            _vault.Add(name, value);
        }

        App = await App.StartAsync(Cloud, services: services => Tap(services, _sent));
        Cloud.Zoom.WebhookTarget = new Uri(App.Http.BaseAddress!, "webhook");
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _vault.Dispose();
        await Cloud.DisposeAsync();
    }

    /// <summary>One more instance, and what it asks of Azure.</summary>
    internal async Task<(App App, IReadOnlyCollection<SentRequest> Sent)> StartAnotherAsync()
    {
        var sent = new ConcurrentQueue<SentRequest>();
        return (await App.StartAsync(Cloud, services: services => Tap(services, sent)), sent);
    }

    /// <summary>Waits until the app has dealt with every event: messages count until they are deleted, hidden ones too.</summary>
    internal async Task WhenDoneAsync()
    {
        await Cloud.Zoom.WhenDeliveredAsync();
        var queue = Queue();
        await Wait.ForAsync("the queue to be empty", async () =>
            (await queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount == 0 ? "" : null);
    }

    internal QueueClient Queue() =>
        new(Connection, AuditRecorder.QueueName, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    private async Task PrepareAsync()
    {
        await Queue().CreateIfNotExistsAsync(cancellationToken: Cancellation);
        foreach (var table in (string[])[AuditTrail.TableName, "meetings", "access", "customers"])
        {
            await new TableClient(Connection, table).CreateIfNotExistsAsync(Cancellation);
        }

        foreach (var container in (string[])[CheckpointBlobs.ContainerName, AuditQuarantine.ContainerName])
        {
            await new BlobContainerClient(Connection, container).CreateIfNotExistsAsync(cancellationToken: Cancellation);
        }
    }

    private void Tap(IServiceCollection services, ConcurrentQueue<SentRequest> sent) => services
        .AddSingleton(new TableServiceClient(Connection, Tapped(new TableClientOptions(), "table", sent)))
        .AddSingleton(new QueueServiceClient(
            Connection, Tapped(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }, "queue", sent)).GetQueueClient(AuditRecorder.QueueName))
        .AddSingleton(new PoisonStore(new QueueClient(Connection, PoisonStore.QueueName, Tapped(new QueueClientOptions(), "queue", sent))))
        .AddSingleton(new BlobServiceClient(Connection, Tapped(new BlobClientOptions(), "blob", sent)))
        .AddSingleton<ISecretSource>(new KeyVaultSecretSource(_vault.Client(new OperationTap("vault", sent)), TimeProvider.System));

    private static T Tapped<T>(T options, string service, ConcurrentQueue<SentRequest> sent)
        where T : ClientOptions
    {
        options.AddPolicy(new OperationTap(service, sent), HttpPipelinePosition.PerCall);
        return options;
    }
}
