using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Access;

/// <summary>Ending the access of people, by call.</summary>
internal static class AccessSetup
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<KnownPerson>()
        .AddSingleton<IAuditConsequence, AccessInTrail>()
        .AddHostedService<AccessRebuild>()
        .AddSingleton<IOrganizationStore, AccessLeaver>()
        .AddSingleton(provider => new RevocationDesk(
            provider.GetRequiredService<EndedAccessList>(),
            provider.GetRequiredService<AuditRecorder>(),
            provider.GetRequiredService<KnownPerson>(),
            provider.GetRequiredService<TimeProvider>()));
}
