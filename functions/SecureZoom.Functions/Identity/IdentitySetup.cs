using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Identity;

/// <summary>Whose tokens are trusted, and what they may say.</summary>
internal static class IdentitySetup
{
    public static IServiceCollection AddIdentity(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(IdentityOptions.Read(settings))
        .AddSingleton(OrganizationsOptions.Read(settings))
        .AddCachedPartition(AccessTable.Name, DomainOwners.Partition)
        .AddSingleton<DomainOwners>()
        .AddSingleton(provider => new OrganizationDomains(
            provider.GetRequiredService<OrganizationsOptions>(), provider.GetRequiredService<DomainOwners>()))
        .AddSingleton<IDocumentRetriever>(_ => DiscoveryDocuments.Create())
        .AddSingleton<TokenValidator>();
}
