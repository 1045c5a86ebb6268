using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>Erasing people, and what keeps them from being erased.</summary>
internal static class ErasingSetup
{
    public static IServiceCollection AddErasing(this IServiceCollection services) => services
        .AddSingleton(new SealedTable(AuditTrail.TableName, Partition: ErasureTable.Partition))
        .AddSingleton(new SealedTable(AuditTrail.TableName, Partition: LegalHolds.Partition))
        .AddSingleton<ErasureTable>()
        .AddSingleton<LegalHolds>()
        .AddSingleton<HeldRecords>()
        .AddSingleton<TrailEraser>()
        .AddSingleton<MessageEraser>()
        .AddSingleton<PersonSearch>()
        .AddSingleton<IPersonStore, AccessEraser>()
        .AddSingleton(provider => new PersonErasure(
            provider.GetRequiredService<AuditTrail>(),
            provider.GetRequiredService<TrailEraser>(),
            provider.GetRequiredService<MessageEraser>(),
            provider.GetRequiredService<LegalHolds>(),
            provider.GetRequiredService<ErasureTable>(),
            provider.GetRequiredService<IEnumerable<IPersonStore>>(),
            provider.GetRequiredService<EndedAccessList>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PersonErasure>>()))
        .AddSingleton(provider => new ErasureDesk(
            provider.GetRequiredService<ErasureTable>(),
            provider.GetRequiredService<LegalHolds>(),
            provider.GetRequiredService<AuditTrail>(),
            provider.GetRequiredService<AuditRecorder>(),
            provider.GetRequiredService<TimeProvider>()));
}
