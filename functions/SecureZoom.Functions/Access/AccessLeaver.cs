using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Access;

/// <summary>Lets go of whose access an organisation has ended in itself alone, and of its e-mail domains; what it has withdrawn stays so, as nobody's.</summary>
internal sealed class AccessLeaver(
    WithdrawalList withdrawals, [FromKeyedServices(EndedAccessList.Partition)] CachedPartition people, DomainOwners domains) : IOrganizationStore
{
    private const string Organization = "Organization";
    private const string Reach = "Reach";

    public async Task<IReadOnlyList<string>> LetGoAsync(string organization, CancellationToken cancellationToken) =>
    [
        $"its name on {await withdrawals.LetGoAsync(organization, cancellationToken)} withdrawals, which count until what they withdraw has ended",
        // What counts in others, too, is theirs.
        $"{await ForgetAsync(people, row => row.GetString(Organization) == organization && row.GetString(Reach) == organization, cancellationToken)} ended accesses",
        $"{await domains.FreeAsync(organization, cancellationToken)} e-mail domains",
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
