using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>What identity providers tell us, and what follows from it.</summary>
internal static class IdentityEventsSetup
{
    public static IServiceCollection AddIdentityEvents(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(IdentityEventsOptions.Read(settings, IdentityOptions.Read(settings)))
        .AddCachedPartition(AccessTable.Name, SourceHeartbeats.Partition)
        .AddSingleton<SourceHeartbeats>()
        .AddSingleton<SourceSecrets>()
        .AddSingleton<SourceEventId>()
        .AddSingleton<IdentityIntake>();
}
