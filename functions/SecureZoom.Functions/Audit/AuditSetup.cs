using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit;

/// <summary>The rooms of the trail, from the deed to the proof.</summary>
internal static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton(provider => provider.GetRequiredService<StorageConnection>().Queue(AuditRecorder.QueueName))
        .AddSingleton<AuditRecorder>()
        .AddSingleton<DenialLog>()
        .AddHostedService(provider => provider.GetRequiredService<DenialLog>())
        .AddSingleton<PersonNames>()
        .AddSingleton<AuditTrail>()
        .AddSingleton<AuditAppender>()
        .AddSingleton<AuditQuarantine>()
        .AddSingleton<AuditStorageProbe>()
        .AddSingleton<CheckpointStore>()
        .AddSingleton<CheckpointKeys>()
        .AddSingleton<CheckpointSigner>()
        .AddSingleton<StoredTrailVerifier>()
        .AddSingleton<AuditReader>()
        .AddSingleton<AuditExport>()
        .AddSingleton<PublishedKeys>();
}
