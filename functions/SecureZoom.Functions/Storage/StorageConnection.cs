using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Storage;

/// <summary>
/// The storage account of the trail and the registry: the connection <c>Audit</c>, in the shapes that the Functions host takes (a
/// connection string, or <c>Audit:queueServiceUri</c>, <c>Audit:tableServiceUri</c>, <c>Audit:blobServiceUri</c> with an identity).
/// </summary>
internal sealed class StorageConnection
{
    /// <summary>The connection's name, as triggers give it.</summary>
    public const string Name = "Audit";

    /// <summary>The longest that a caller waits for storage.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly string? _connectionString;
    private readonly Uri? _queues;
    private readonly Uri? _tables;
    private readonly Uri? _blobs;

    private StorageConnection(string? connectionString, Uri? queues, Uri? tables, Uri? blobs, TokenCredential? credential)
    {
        _connectionString = connectionString;
        _queues = queues;
        _tables = tables;
        _blobs = blobs;
        Credential = credential;
    }

    /// <summary>Who opens the account; null where a connection string does.</summary>
    public TokenCredential? Credential { get; }

    public static StorageConnection Read(SettingsReader settings)
    {
        if (settings.Optional(Name) is { } connectionString)
        {
            return new StorageConnection(connectionString, null, null, null, null);
        }

        if (settings.Optional($"{Name}:queueServiceUri") is null)
        {
            settings.AddError(Name, $"is missing (a connection string, or {Name}:queueServiceUri and its like)");
            return new StorageConnection("UseDevelopmentStorage=true", null, null, null, null);
        }

        return new StorageConnection(
            null,
            settings.Address($"{Name}:queueServiceUri"),
            settings.Address($"{Name}:tableServiceUri"),
            settings.Address($"{Name}:blobServiceUri"),
            Credentials.Read(settings, Name));
    }

    /// <summary>A queue whose messages are base64, as the host's trigger expects; one attempt within <see cref="Timeout"/>.</summary>
    public QueueClient Queue(string name) => Queue(name, QueueMessageEncoding.Base64);

    /// <summary>A queue whose messages are read as they lie there.</summary>
    public QueueClient PlainQueue(string name) => Queue(name, QueueMessageEncoding.None);

    private QueueClient Queue(string name, QueueMessageEncoding encoding)
    {
        var options = new QueueClientOptions { MessageEncoding = encoding };
        Bound(options, retries: 0);
        return _connectionString is null
            ? new QueueServiceClient(_queues, Credential, options).GetQueueClient(name)
            : new QueueClient(_connectionString, name, options);
    }

    public TableServiceClient Tables()
    {
        var options = new TableClientOptions();
        Bound(options, retries: 2);
        options.AddPolicy(new PatientTransactions(), HttpPipelinePosition.PerCall);
        return _connectionString is null
            ? new TableServiceClient(_tables, Credential, options)
            : new TableServiceClient(_connectionString, options);
    }

    public BlobServiceClient Blobs() => _connectionString is null
        ? new BlobServiceClient(_blobs, Credential, BlobOptions())
        : new BlobServiceClient(_connectionString, BlobOptions());

    internal static BlobClientOptions BlobOptions()
    {
        var options = new BlobClientOptions();
        Bound(options, retries: 2);
        return options;
    }

    private static void Bound(ClientOptions options, int retries)
    {
        options.Retry.MaxRetries = retries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.NetworkTimeout = Timeout;
        options.AddPolicy(new WholeAnswers(), HttpPipelinePosition.PerRetry);
    }

    /// <summary>Time for transactions: one that is given up may be in the table all the same.</summary>
    private sealed class PatientTransactions : HttpPipelineSynchronousPolicy
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
            {
                message.NetworkTimeout = Patience;
            }
        }
    }
}
