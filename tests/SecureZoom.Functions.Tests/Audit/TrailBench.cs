using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Indexing;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Summaries;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>The trail's parts on real storage without the app around them: an instance of its own, which knows what it has seen itself.</summary>
internal sealed class TrailBench : IDisposable
{
    private readonly ILoggerFactory _loggers;
    private readonly LockedCheckpoints _locked = new();

    /// <param name="storage">A connection string, where it is not the cloud's own storage.</param>
    /// <param name="secrets">Settings of secrets that differ; null takes one away.</param>
    public TrailBench(
        Cloud cloud,
        TimeProvider? time = null,
        HttpPipelinePolicy? policy = null,
        string? storage = null,
        Dictionary<string, string?>? secrets = null,
        HttpPipelinePolicy? blobPolicy = null,
        AuditWitnesses? witnesses = null,
        TimeSpan? retainFor = null,
        AuditOptions? options = null)
    {
        var tableOptions = new TableClientOptions { Retry = { MaxRetries = 0 } };
        if (policy is not null)
        {
            tableOptions.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        var clock = time ?? TimeProvider.System;
        Logs = new LogCapture(LogLevel.Information, clock);
        var tables = new TableServiceClient(storage ?? cloud.Storage.ConnectionString, tableOptions);
        var blobOptions = new BlobClientOptions();
        blobOptions.AddPolicy(_locked, HttpPipelinePosition.PerCall);
        if (blobPolicy is not null)
        {
            blobOptions.AddPolicy(blobPolicy, HttpPipelinePosition.PerCall);
        }

        var blobs = new BlobServiceClient(storage ?? cloud.Storage.ConnectionString, blobOptions);
        var vault = cloud.SecretStore(secrets);
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(Logs));
        List = new TrailList(tables, clock);
        options = (options ?? Options) with { RetainFor = retainFor };
        var seal = new RowSeal(vault, clock, _loggers.CreateLogger<RowSeal>());
        Beginnings = new TrailBeginnings(tables, seal);
        var none = witnesses ?? new AuditWitnesses([]);
        Trail = new AuditTrail(tables, options, List, Beginnings, new PersonNames(tables, vault), seal, vault, clock, _loggers.CreateLogger<AuditTrail>());
        Tiles = new TrailTiles(tables);
        var container = new CheckpointBlobs(blobs);
        Checkpoints = new CheckpointStore(container, options);
        Cosignatures = new CosignatureStore(container, Checkpoints, options, none, vault);
        Keys = new CheckpointKeys(vault, Checkpoints, options);
        Findings = new TrailFindings(tables, seal, clock, _loggers.CreateLogger<TrailFindings>());
        var newest = new NewestCheckpoint(Checkpoints, options, _loggers.CreateLogger<NewestCheckpoint>());
        Auditor = new StoredTrailVerifier(Trail, Beginnings, Tiles, Checkpoints, Cosignatures, none, newest, Keys, options, vault, clock);
        Signer = new CheckpointSigner(
            Trail, List, Beginnings, Tiles, Auditor, Checkpoints, newest, Keys, Findings, options, clock, _loggers.CreateLogger<CheckpointSigner>());
        Proofs = new TrailProofs(Tiles, Auditor, newest, Cosignatures, Keys, options);
        Times = new TrailTimes(Trail, Proofs);
        Witnessing = new Witnessing(
            none, new WitnessClient(new PlainClients()), Cosignatures, Proofs, newest, Keys, Findings, clock, _loggers.CreateLogger<Witnessing>());
        Past = new PastVerification(
            Trail, Beginnings, Auditor, Tiles, Checkpoints, new VerificationRounds(tables, seal), Findings, options, clock, _loggers.CreateLogger<PastVerification>());
        Remover = new TrailRemover(tables);
        Cutter = new TrailCutter(Trail, Beginnings, Remover, Tiles, Auditor, Signer, newest, Keys, vault, clock);
        var index = new IndexTable(tables, vault);
        Indexer = new TrailIndexer(Trail, Beginnings, index, vault, _loggers.CreateLogger<TrailIndexer>());
        IndexEraser = new IndexEraser(index, Indexer, vault);
        Reader = new AuditReader(Trail, Beginnings, Times, new TrailIndex(Trail, index, vault));
        var summaries = new SummaryTable(tables, vault);
        Summaries = new SummaryWriter(Trail, Beginnings, summaries, _loggers.CreateLogger<SummaryWriter>());
        SummaryReader = new SummaryReader(Trail, Beginnings, summaries);
        SummaryEraser = new SummaryEraser(summaries);
        var erasures = new ErasureTable(tables, seal, vault);
        Holds = new LegalHolds(tables, seal, Trail, erasures, clock);
        Retention = new TrailRetention(
            Trail,
            Times,
            Beginnings,
            Remover,
            new HeldRecords(Trail, Holds, erasures, _loggers.CreateLogger<HeldRecords>()),
            Findings,
            Cutter,
            options,
            clock,
            _loggers.CreateLogger<TrailRetention>());
    }

    /// <summary>As an app has them that is told nothing.</summary>
    public static AuditOptions Options { get; } = new(AuditOptions.Local);

    public LogCapture Logs { get; }

    public AuditTrail Trail { get; }

    public TrailList List { get; }

    public TrailBeginnings Beginnings { get; }

    public TrailRemover Remover { get; }

    public TrailCutter Cutter { get; }

    public TrailRetention Retention { get; }

    public LegalHolds Holds { get; }

    public TrailTiles Tiles { get; }

    public TrailTimes Times { get; }

    public CheckpointStore Checkpoints { get; }

    public CheckpointKeys Keys { get; }

    public StoredTrailVerifier Auditor { get; }

    public CheckpointSigner Signer { get; }

    public TrailProofs Proofs { get; }

    public CosignatureStore Cosignatures { get; }

    public TrailFindings Findings { get; }

    public TrailIndexer Indexer { get; }

    public IndexEraser IndexEraser { get; }

    public AuditReader Reader { get; }

    public SummaryWriter Summaries { get; }

    public SummaryReader SummaryReader { get; }

    public SummaryEraser SummaryEraser { get; }

    public Witnessing Witnessing { get; }

    public PastVerification Past { get; }

    public IEnumerable<string> Alarms => Logs.Entries.Where(entry => entry.StartsWith("Critical", StringComparison.Ordinal));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _loggers.Dispose();
        _locked.Check();
    }

    public Task<int> AppendAsync(string organization, params IReadOnlyList<AuditEvent> events) => Trail.AppendAsync(organization, events, Cancellation);

    /// <summary>What the timer does.</summary>
    public Task<int> SignAllAsync() => Signer.SignAllAsync(Cancellation);

    /// <summary>What it does behind that.</summary>
    public async Task LookBackAsync()
    {
        await Witnessing.RunAsync(Signer.Trails, Cancellation);
        await Past.RunAsync(Signer.Trails, Cancellation);
    }

    /// <summary>Indexes and counts what is signed.</summary>
    public async Task CountAsync()
    {
        await Indexer.RunAsync(Signer.Sizes, Cancellation);
        await Summaries.RunAsync(Signer.Sizes, Cancellation);
    }

    public Task<bool> SignAsync(string organization) => Signer.SignAsync(organization, Cancellation);

    public Task<TrailVerdict> VerifyAsync(string organization, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        Auditor.VerifyAsync(organization, from, to, Cancellation);

    /// <summary>The records as people are shown them, the oldest first.</summary>
    public async Task<IReadOnlyList<AuditRecord>> ReadAsync(string organization) =>
        [.. await Trail.ReadUpAsync(organization, 1, long.MaxValue, Cancellation)
            .Select(stored => AuditReader.Read(organization, stored)).ToListAsync(Cancellation)];

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
