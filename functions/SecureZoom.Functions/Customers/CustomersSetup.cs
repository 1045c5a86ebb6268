using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;

namespace SecureZoom.Functions.Customers;

/// <summary>Writing down what customers have of their own. It names nobody, so there is nobody to tell of it, or to forget.</summary>
internal static class CustomersSetup
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services
        .AddSingleton<CustomerDesk>()
        // After the meetings' own, which go by the account that is in the row.
        .AddSingleton<IOrganizationStore, CustomerLeaver>();
}
