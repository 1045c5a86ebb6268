using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>The trail's parts on real storage without the app around them: an instance of its own, which knows what it has seen itself.</summary>
internal sealed class TrailBench : IDisposable
{
    private readonly ILoggerFactory _loggers;

    /// <param name="storage">A connection string, where it is not the cloud's own storage.</param>
    /// <param name="secrets">Settings of secrets that differ; null takes one away.</param>
    public TrailBench(
        Cloud cloud,
        TimeProvider? time = null,
        HttpPipelinePolicy? policy = null,
        string? storage = null,
        Dictionary<string, string?>? secrets = null,
        HttpPipelinePolicy? blobPolicy = null,
        AuditWitnesses? witnesses = null)
    {
        var tableOptions = new TableClientOptions { Retry = { MaxRetries = 0 } };
        if (policy is not null)
        {
            tableOptions.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        var clock = time ?? TimeProvider.System;
        var tables = new TableServiceClient(storage ?? cloud.Storage.ConnectionString, tableOptions);
        var blobOptions = new BlobClientOptions();
        if (blobPolicy is not null)
        {
            blobOptions.AddPolicy(blobPolicy, HttpPipelinePosition.PerCall);
        }

        var blobs = new BlobServiceClient(storage ?? cloud.Storage.ConnectionString, blobOptions);
        var vault = cloud.SecretStore(secrets);
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(Logs));
        List = new TrailList(tables, clock);
        var seal = new RowSeal(vault, clock, _loggers.CreateLogger<RowSeal>());
        var none = witnesses ?? new AuditWitnesses([]);
        Trail = new AuditTrail(tables, Options, List, new PersonNames(tables, vault), seal, vault, clock, _loggers.CreateLogger<AuditTrail>());
        Tiles = new TrailTiles(tables);
        Times = new TrailTimes(Trail);
        Checkpoints = new CheckpointStore(blobs, Options);
        Cosignatures = new CosignatureStore(Checkpoints, Options, none);
        Keys = new CheckpointKeys(vault, Checkpoints, Options);
        Findings = new TrailFindings(tables, seal, clock, _loggers.CreateLogger<TrailFindings>());
        var newest = new NewestCheckpoint(Checkpoints, Options, _loggers.CreateLogger<NewestCheckpoint>());
        Auditor = new StoredTrailVerifier(Trail, Tiles, Checkpoints, Cosignatures, none, newest, Keys, Options, vault, clock);
        Signer = new CheckpointSigner(
            Trail, List, Tiles, Auditor, Checkpoints, newest, Keys, Findings, Options, clock, _loggers.CreateLogger<CheckpointSigner>());
        Proofs = new TrailProofs(Tiles, Auditor, newest, Cosignatures, Keys, Options);
        Witnessing = new Witnessing(
            none, new WitnessClient(new PlainClients()), Cosignatures, Proofs, newest, Keys, Findings, clock, _loggers.CreateLogger<Witnessing>());
        Past = new PastVerification(
            Auditor, Tiles, Checkpoints, new VerificationRounds(tables, seal), Findings, Options, clock, _loggers.CreateLogger<PastVerification>());
    }

    /// <summary>As an app has them that is told nothing.</summary>
    public static AuditOptions Options { get; } = new(AuditOptions.Local);

    public LogCapture Logs { get; } = new(LogLevel.Information);

    public AuditTrail Trail { get; }

    public TrailList List { get; }

    public TrailTiles Tiles { get; }

    public TrailTimes Times { get; }

    public CheckpointStore Checkpoints { get; }

    public CheckpointKeys Keys { get; }

    public StoredTrailVerifier Auditor { get; }

    public CheckpointSigner Signer { get; }

    public TrailProofs Proofs { get; }

    public CosignatureStore Cosignatures { get; }

    public TrailFindings Findings { get; }

    public Witnessing Witnessing { get; }

    public PastVerification Past { get; }

    public IEnumerable<string> Alarms => Logs.Entries.Where(entry => entry.StartsWith("Critical", StringComparison.Ordinal));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _loggers.Dispose();

    public Task<int> AppendAsync(string organization, params IReadOnlyList<AuditEvent> events) => Trail.AppendAsync(organization, events, Cancellation);

    /// <summary>What the timer does.</summary>
    public Task<int> SignAllAsync() => Signer.SignAllAsync(Cancellation);

    /// <summary>What it does behind that.</summary>
    public async Task LookBackAsync()
    {
        await Witnessing.RunAsync(Signer.Trails, Cancellation);
        await Past.RunAsync(Signer.Trails, Cancellation);
    }

    public Task<bool> SignAsync(string organization) => Signer.SignAsync(organization, Cancellation);

    public Task<TrailVerdict> VerifyAsync(string organization, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        Auditor.VerifyAsync(organization, from, to, Cancellation);

    /// <summary>The records as people are shown them, the oldest first.</summary>
    public async Task<IReadOnlyList<AuditRecord>> ReadAsync(string organization) =>
        [.. await Trail.ReadUpAsync(organization, 1, long.MaxValue, Cancellation)
            .Select(stored => Functions.Audit.Reading.AuditReader.Read(organization, stored)).ToListAsync(Cancellation)];

    /// <summary>Clients as the app has them for witnesses, but for the pool.</summary>
    private sealed class PlainClients : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = WitnessClient.Patience,
            MaxResponseContentBufferSize = WitnessClient.MaxAnswer,
        };
    }
}
