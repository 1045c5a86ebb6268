using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Customers;

/// <summary>Lets go of what an organisation has of its own.</summary>
internal sealed class CustomerLeaver([FromKeyedServices(CustomerList.Partition)] CachedPartition rows) : IOrganizationStore
{
    public async Task<IReadOnlyList<string>> LetGoAsync(string organization, CancellationToken cancellationToken)
    {
        var hadSome = false;
        await rows.ChangeAsync(
            known => (hadSome = known.ContainsKey(organization)) ? new PartitionChange([], [organization]) : PartitionChange.None,
            cancellationToken);
        return hadSome
            ? [$"its row in {CustomerList.Table}; its secrets in the vault begin with {new Customer(organization).SecretPrefix}, and are for you to delete"]
            : [];
    }
}
