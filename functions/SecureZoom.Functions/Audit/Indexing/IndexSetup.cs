using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Indexing;

/// <summary>Finding people and addresses in trails.</summary>
internal static class IndexSetup
{
    public static IServiceCollection AddIndex(this IServiceCollection services) => services
        .AddSingleton<IndexTable>()
        .AddSingleton<IPersonStore, IndexEraser>()
        .AddSingleton(provider => new TrailIndexer(
            provider.GetRequiredService<AuditTrail>(),
            provider.GetRequiredService<TrailBeginnings>(),
            provider.GetRequiredService<IndexTable>(),
            provider.GetRequiredService<SecretStore>(),
            provider.GetRequiredService<ILogger<TrailIndexer>>()))
        .AddSingleton(provider => new TrailIndex(
            provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<IndexTable>(), provider.GetRequiredService<SecretStore>()));
}
