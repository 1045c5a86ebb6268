using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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
        .AddSingleton(SettledCustomers.Read(settings))
        .AddCachedPartition(CustomerList.Table, CustomerList.Partition)
        .AddSingleton(provider => new CustomerList(
            provider.GetRequiredKeyedService<CachedPartition>(CustomerList.Partition),
            provider.GetRequiredService<SettledCustomers>(),
            provider.GetRequiredService<ILogger<CustomerList>>()))
        .AddSingleton(provider => new TrustedIssuers(
            provider.GetRequiredService<IdentityOptions>(),
            provider.GetRequiredService<CustomerList>().At))
        .AddSingleton<DecidedDomains>()
        .AddCachedPartition(AccessTable.Name, DomainOwners.Partition)
        .AddSingleton<DomainOwners>()
        .AddSingleton(provider => new OrganizationDomains(
            provider.GetRequiredService<DecidedDomains>(), provider.GetRequiredService<DomainOwners>()))
        .AddSingleton<IDocumentRetriever>(_ => DiscoveryDocuments.Create())
        .AddSingleton<TokenValidator>();
}
