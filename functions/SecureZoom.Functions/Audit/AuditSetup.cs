using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit;

/// <summary>The rooms of the trail, from the deed to the proof.</summary>
internal static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(AuditOptions.Read(settings))
        .AddSingleton(provider => provider.GetRequiredService<StorageConnection>().Queue(AuditRecorder.QueueName))
        .AddSingleton<AuditRecorder>()
        .AddSingleton<DenialLog>()
        .AddHostedService(provider => provider.GetRequiredService<DenialLog>())
        .AddSingleton<PersonNames>()
        .AddSingleton<TrailList>()
        .AddSingleton<AuditTrail>()
        .AddSingleton<TrailTiles>()
        .AddSingleton<TrailTimes>()
        .AddSingleton<AuditAppender>()
        .AddSingleton<AuditQuarantine>()
        .AddSingleton<AuditStorageProbe>()
        .AddSingleton<CheckpointStore>()
        .AddSingleton<CheckpointKeys>()
        .AddSingleton<NewestCheckpoint>()
        .AddSingleton<CheckpointSigner>()
        .AddSingleton<StoredTrailVerifier>()
        .AddSingleton<TrailProofs>()
        .AddSingleton<AuditReader>()
        .AddSingleton<AuditExport>()
        .AddSingleton<PublishedKeys>();
}
