using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Revocations;

/// <summary>What was withdrawn before its end.</summary>
internal static class RevocationsSetup
{
    public static IServiceCollection AddRevocations(this IServiceCollection services) => services
        .AddCachedPartition(AccessTable.Name, WithdrawalList.Partition)
        .AddSingleton<WithdrawalList>()
        .AddCachedPartition(AccessTable.Name, EndedAccessList.Partition)
        .AddSingleton(provider => new EndedAccessList(
            provider.GetRequiredKeyedService<CachedPartition>(EndedAccessList.Partition),
            provider.GetRequiredService<IdentityOptions>(),
            provider.GetRequiredService<SecretStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EndedAccessList>>()));
}
