using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Invitations;

/// <summary>Withdraws an organisation's invitations that are made out to a person, and forgets whose the others are.</summary>
/// <remarks>It takes the organisation's own room in the list of what is withdrawn, so that no erasure fills it for others.</remarks>
internal sealed class InvitationEraser(TableServiceClient tables, RowSeal seal, WithdrawalList withdrawals, TimeProvider time) : IPersonStore
{
    private const string Erased = "[erased]";
    private const int AtOnce = 500;

    private readonly TableClient _table = tables.GetTableClient(AccessTable.Name);

    public async Task<IReadOnlyList<string>> ForgetAsync(string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        var (left, until) = (0, DateTimeOffset.MinValue);
        await foreach (var row in FindAsync(organization, person, cancellationToken))
        {
            if (person.IsAddress(row.GetString(OpenInvitations.Email)))
            {
                var ends = row.GetDateTimeOffset(AccessTable.Expires)!.Value;
                if (ends > time.GetUtcNow() && !await withdrawals.HasRoomForAsync(organization, cancellationToken))
                {
                    (left, until) = (left + 1, ends > until ? ends : until);
                    continue;
                }

                // First, so that none is out that nobody can withdraw.
                await withdrawals.AddAsync(WithdrawnSubject.Invitation(row.RowKey), ends, ends, organization, cancellationToken);
                await _table.TryDeleteRowAsync(row, cancellationToken);
            }
            else
            {
                row[OpenInvitations.CreatedBy] = Erased;
                await seal.SealAsync(AccessTable.Name, row, cancellationToken);
                await _table.TryUpdateRowAsync(row, cancellationToken);
            }
        }

        return left == 0
            ? []
            : [string.Create(CultureInfo.InvariantCulture, $"invitations made out to them, {left}, until {until.UtcDateTime:yyyy-MM-dd}: as many are withdrawn already as may be")];
    }

    public IAsyncEnumerable<JsonObject> TellAsync(string organization, NamedPerson person, CancellationToken cancellationToken) =>
        FindAsync(organization, person, cancellationToken).Select(row => new JsonObject
        {
            ["table"] = AccessTable.Name,
            ["kind"] = "invitation",
            ["id"] = row.RowKey,
            ["email"] = person.IsAddress(row.GetString(OpenInvitations.Email)) ? row.GetString(OpenInvitations.Email) : null,
            ["createdBy"] = IsBy(row, person) ? row.GetString(OpenInvitations.CreatedBy) : null,
            ["expiresAt"] = row.GetDateTimeOffset(AccessTable.Expires),
        });

    private async IAsyncEnumerable<TableEntity> FindAsync(string organization, NamedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = OpenInvitations.PartitionsOf(organization);
        var to = $"{from[..^1]};";
        await foreach (var row in _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}"), AtOnce, cancellationToken: cancellationToken))
        {
            if (await seal.CheckAsync(AccessTable.Name, row, cancellationToken) != SealState.Wrong
                && (person.IsAddress(row.GetString(OpenInvitations.Email)) || IsBy(row, person)))
            {
                yield return row;
            }
        }
    }

    private static bool IsBy(TableEntity row, NamedPerson person) => row.GetString(OpenInvitations.CreatedBy) is { } maker && person.IsIn(maker);
}
