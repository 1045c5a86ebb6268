using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Access;

/// <summary>Lets go of what an organisation has withdrawn, of whose access it has ended in itself alone, and of its e-mail domains.</summary>
internal sealed class AccessLeaver(
    [FromKeyedServices(WithdrawalList.Partition)] CachedPartition revocations,
    [FromKeyedServices(EndedAccessList.Partition)] CachedPartition people,
    [FromKeyedServices(DomainOwners.Partition)] CachedPartition domains) : IOrganizationStore
{
    private const string Organization = "Organization";
    private const string Reach = "Reach";
    private const string Owner = "Owner";

    public async Task<IReadOnlyList<string>> LetGoAsync(string organization, CancellationToken cancellationToken) =>
    [
        $"{await ForgetAsync(revocations, row => row.GetString(Organization) == organization, cancellationToken)} withdrawals",
        // What counts in others, too, is theirs.
        $"{await ForgetAsync(people, row => row.GetString(Organization) == organization && row.GetString(Reach) == organization, cancellationToken)} ended accesses",
        $"{await ForgetAsync(domains, row => row.GetString(Owner) == organization, cancellationToken)} e-mail domains",
    ];

    private static async Task<int> ForgetAsync(CachedPartition rows, Func<TableEntity, bool> which, CancellationToken cancellationToken)
    {
        var count = 0;
        for (int? left = null; left != 0;)
        {
            await rows.ChangeAsync(
                known =>
                {
                    var theirs = known.Values.Where(which).ToList();
                    left = theirs.Count;
                    count = Math.Max(count, theirs.Count);
                    return new PartitionChange([], [.. theirs.Take(PartitionChange.MostRemoved).Select(row => row.RowKey)]);
                },
                cancellationToken);
        }

        return count;
    }
}
