using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Revocations;

/// <summary>What was withdrawn before its end.</summary>
internal static class RevocationsSetup
{
    public static IServiceCollection AddRevocations(this IServiceCollection services) => services
        .AddCachedPartition(AccessTable.Name, RevocationList.Partition)
        .AddSingleton<RevocationList>()
        .AddCachedPartition(AccessTable.Name, AccessList.Partition)
        .AddSingleton<AccessList>();
}
