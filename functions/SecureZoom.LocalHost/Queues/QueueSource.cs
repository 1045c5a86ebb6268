using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using SecureZoom.LocalHost.Hosting;

namespace SecureZoom.LocalHost.Queues;

/// <summary>The queue of a trigger and the one for messages that it gives up.</summary>
internal sealed record QueueSource(QueueClient Queue, QueueClient Poison)
{
    // Without encoding, so that what is no base64 can be looked at and moved as it is.
    private static readonly QueueClientOptions _options = new()
    {
        MessageEncoding = QueueMessageEncoding.None,
        Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(100), NetworkTimeout = TimeSpan.FromSeconds(10) },
    };

    public static QueueSource From(QueueTriggerAttribute trigger, IConfiguration configuration)
    {
        var name = configuration.Resolve(trigger.QueueName);
        var service = Connect(trigger.Connection ?? "AzureWebJobsStorage", configuration);
        return new(service.GetQueueClient(name), service.GetQueueClient($"{name}-poison"));
    }

    private static QueueServiceClient Connect(string setting, IConfiguration configuration)
    {
        var section = configuration.GetSection(setting);
        if (section.Value is { Length: > 0 } connectionString)
        {
            return new(connectionString, _options);
        }

        var uri = section["queueServiceUri"]
            ?? throw new InvalidOperationException($"the connection '{setting}' (or '{setting}__queueServiceUri') is not set");
        return section["credential"] == "managedidentity"
            ? new(new Uri(uri), new ManagedIdentityCredential(section["clientId"] is { } id
                ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned), _options)
            : new(new Uri(uri), new DefaultAzureCredential(), _options);
    }
}
