using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Storage;

/// <summary>The storage account that the app keeps its data in.</summary>
internal static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(StorageConnection.Read(settings))
        .AddSingleton<RowSeal>()
        .AddSingleton<SealRenewal>()
        .AddSingleton(provider => provider.GetRequiredService<StorageConnection>().Tables())
        .AddSingleton(provider => provider.GetRequiredService<StorageConnection>().Blobs());

    /// <summary>A partition that every instance has at hand, as a keyed service under the partition's name.</summary>
    public static IServiceCollection AddCachedPartition(this IServiceCollection services, string table, string partition) => services
        .AddKeyedSingleton(partition, (provider, _) => ActivatorUtilities.CreateInstance<CachedPartition>(
            provider, provider.GetRequiredService<TableServiceClient>().GetTableClient(table), partition))
        .AddSingleton(provider => provider.GetRequiredKeyedService<CachedPartition>(partition))
        .AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<CachedPartition>(partition));
}
