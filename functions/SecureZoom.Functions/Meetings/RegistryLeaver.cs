using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Invitations;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Lets go of an organisation's meetings, its numbers and instances in Zoom's accounts, what it was about to create, and its invitations.</summary>
/// <remarks>What its invitations say is sealed in themselves: all that are out are withdrawn, until none can be good any more.</remarks>
internal sealed class RegistryLeaver(TableServiceClient tables, ZoomAccounts zoom, WithdrawalList withdrawals, TimeProvider time) : IOrganizationStore
{
    private const string CreateOrganization = nameof(CreateIntent.Organization);

    private readonly TableClient _meetings = tables.GetTableClient(MeetingTable.Name);
    private readonly TableClient _access = tables.GetTableClient(AccessTable.Name);

    public async Task<IReadOnlyList<string>> LetGoAsync(string organization, CancellationToken cancellationToken)
    {
        var invitations = OpenInvitations.PartitionsOf(organization);
        var behind = $"{invitations[..^1]};";
        var invited = await DeleteAsync(_access, TableClient.CreateQueryFilter($"PartitionKey ge {invitations} and PartitionKey lt {behind}"), cancellationToken);
        var own = MeetingRow.OrganizationKey(organization);
        var meetings = await DeleteAsync(_meetings, TableClient.CreateQueryFilter($"PartitionKey eq {own}"), cancellationToken);
        // Now that nobody can invite to one any more: somebody may have, meanwhile.
        var now = time.GetUtcNow();
        await withdrawals.AddAsync(WithdrawnSubject.Owner(organization), now, now + MeetingInvitations.Longest, organization: null, cancellationToken);
        var (held, begun) = (0, 0);
        foreach (var account in zoom.All)
        {
            var intents = CreateIntents.PartitionKey(account.AccountId);
            string[] theirs = [MeetingRow.AccountKey(account.AccountId), MeetingUuids.PartitionKey(account.AccountId), DeletedNumbers.PartitionKey(account.AccountId)];
            foreach (var partition in theirs)
            {
                held += await DeleteAsync(_meetings, TableClient.CreateQueryFilter($"PartitionKey eq {partition} and Owner eq {organization}"), cancellationToken);
            }

            begun += await DeleteAsync(_access, TableClient.CreateQueryFilter($"PartitionKey eq {intents}"), cancellationToken, row => row.GetString(CreateOrganization) == organization);
        }

        return [$"{meetings} rows of meetings", $"{held} meeting numbers and instances", $"{invited} invitations", $"{begun} meetings that were to be created"];
    }

    private static async Task<int> DeleteAsync(TableClient table, string filter, CancellationToken cancellationToken, Func<TableEntity, bool>? which = null)
    {
        var count = 0;
        await foreach (var row in table.QueryRowsAsync(filter, cancellationToken: cancellationToken))
        {
            if (which?.Invoke(row) is not false)
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
                count++;
            }
        }

        return count;
    }
}
