using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Indexing;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Summaries;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit;

/// <summary>The rooms of the trail, from the deed to the proof.</summary>
internal static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(AuditOptions.Read(settings))
        .AddSingleton(AuditWitnesses.Read(settings))
        .AddWitnessClient()
        // A trail's head is sealed anew by the signer; its guards are under a key that stays.
        .AddSingleton(new SealedTable(AuditTrail.TableName, Partition: OriginAccount.Partition))
        .AddSingleton(new SealedTable(AuditTrail.TableName, Partition: TrailFindings.Partition))
        .AddSingleton(new SealedTable(AuditTrail.TableName, Partition: VerificationRounds.Partition))
        .AddSingleton(new SealedTable(AuditTrail.TableName, Partition: TrailBeginnings.Partition))
        .AddSingleton(provider => provider.GetRequiredService<StorageConnection>().Queue(AuditRecorder.QueueName))
        .AddSingleton<AuditRecorder>()
        // It stops behind all that records.
        .AddHostedService(provider => provider.GetRequiredService<AuditRecorder>())
        .AddSingleton<ReadLog>()
        .AddSingleton<DenialLog>()
        .AddHostedService(provider => provider.GetRequiredService<DenialLog>())
        .AddSingleton<PersonNames>()
        .AddSingleton<TrailList>()
        .AddSingleton<TrailBeginnings>()
        .AddSingleton<TrailRemover>()
        .AddSingleton<AuditTrail>()
        .AddSingleton<TrailTiles>()
        .AddSingleton<TrailTimes>()
        .AddSingleton<AuditAppender>()
        .AddSingleton<AuditQuarantine>()
        .AddSingleton<NumberLedger>()
        .AddSingleton(provider => new PoisonStore(provider.GetRequiredService<StorageConnection>().PlainQueue(PoisonStore.QueueName)))
        .AddSingleton<PoisonedMessages>()
        .AddSingleton<GapSweep>()
        .AddSingleton<AuditStorageProbe>()
        .AddSingleton<TrailFindings>()
        .AddErasing()
        .AddIndex()
        .AddSummaries()
        .AddSingleton<CheckpointBlobs>()
        .AddSingleton<CheckpointStore>()
        .AddSingleton<CheckpointKeys>()
        .AddSingleton<NewestCheckpoint>()
        .AddSingleton<CheckpointSigner>()
        .AddSingleton<StoredTrailVerifier>()
        .AddSingleton<CosignatureStore>()
        .AddSingleton<TrailProofs>()
        .AddSingleton<WitnessClient>()
        .AddSingleton<Witnessing>()
        .AddSingleton<VerificationRounds>()
        .AddSingleton<PastVerification>()
        .AddRetention()
        .AddSingleton<KnownFindings>()
        .AddSingleton<AuditReader>()
        .AddSingleton<AuditExport>()
        .AddSingleton<EvidenceExport>()
        .AddSingleton<PublishedKeys>();

    private static IServiceCollection AddWitnessClient(this IServiceCollection services)
    {
        services.AddHttpClient(WitnessClient.HttpClientName, client =>
            {
                client.Timeout = WitnessClient.Patience;
                client.MaxResponseContentBufferSize = WitnessClient.MaxAnswer;
            })
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, _) =>
            {
                // An address is what the settings say, and no witness needs our trace ids.
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.ActivityHeadersPropagator = null;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
            });
        return services;
    }
}
