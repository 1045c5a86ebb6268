namespace SecureZoom.LocalHost.Queues;

/// <summary>The queue of a trigger, and the one for messages that are given up.</summary>
internal sealed record QueueSource(QueueClient Queue, QueueClient Poison)
{
    /// <param name="connection">A connection string, or <c>queueServiceUri</c> with or without <c>clientId</c>.</param>
    public static QueueSource From(string name, IConfigurationSection connection)
    {
        // Messages are taken as they are: what is no base64 moves to the poison queue unchanged.
        QueueClientOptions options = new() { MessageEncoding = QueueMessageEncoding.None, Retry = { MaxRetries = 1 } };
        var service = connection switch
        {
            { Value.Length: > 0 } => new QueueServiceClient(connection.Value, options),
            _ when connection["queueServiceUri"] is { } uri => new(new Uri(uri), new DefaultAzureCredential(
                new DefaultAzureCredentialOptions { ManagedIdentityClientId = connection["clientId"] }), options),
            _ => throw new InvalidOperationException(
                $"neither of the settings '{connection.Path}' and '{connection.Path}__queueServiceUri' is there"),
        };
        return new(service.GetQueueClient(name), service.GetQueueClient($"{name}-poison"));
    }
}
