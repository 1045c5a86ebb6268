using System.Globalization;
using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Invitations;

/// <summary>The invitations that are out, to be seen and withdrawn: in the table <c>access</c>, one partition a meeting (<c>i:{owner}:{number}</c>); and which organisations were invited (<c>i:{owner}:</c>).</summary>
/// <remarks>Whether an invitation is good does not depend on it: the invitation itself and the list of what is withdrawn decide.</remarks>
public sealed class OpenInvitations(TableServiceClient tables, RowSeal seal, WithdrawalList withdrawals, TimeProvider time)
{
    private const string Registration = "Registration";
    private const string Organization = "Organization";
    internal const string Email = "Email";
    internal const string CreatedBy = "CreatedBy";
    private const string Issued = "Issued";
    private const string LastUsedAt = "LastUsedAt";

    /// <summary>How often noting a use is tried while others change the row.</summary>
    private const int Attempts = 3;

    /// <summary>How many of the organisations that were invited are told.</summary>
    private const int MostTold = 500;

    /// <summary>How long it is known that an organisation was invited.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(400);

    private readonly TableClient _table = tables.GetTableClient(AccessTable.Name);

    /// <param name="createdBy">Whom the list shows as its maker.</param>
    public async Task AddAsync(Invitation invitation, string createdBy, CancellationToken cancellationToken)
    {
        var row = new TableEntity(PartitionKey(invitation.Owner, invitation.Meeting), invitation.Id)
        {
            [Registration] = invitation.Registration,
            [Organization] = invitation.ForOrganization,
            [Email] = invitation.ForEmail,
            [CreatedBy] = createdBy,
            [Issued] = invitation.Issued,
            [AccessTable.Expires] = invitation.Expires,
        };
        await seal.SealAsync(AccessTable.Name, row, cancellationToken);
        await _table.ReplaceRowAsync(row, cancellationToken);
        if (invitation.ForOrganization is { } guests)
        {
            // Among the partitions of the owner's meetings, so that it goes with them.
            var known = new TableEntity(PartitionsOf(invitation.Owner), guests) { [AccessTable.Expires] = invitation.Issued + Remembered };
            await seal.SealAsync(AccessTable.Name, known, cancellationToken);
            await _table.ReplaceRowAsync(known, cancellationToken);
        }
    }

    /// <summary>Those to one registration of a number that still open something, the oldest first.</summary>
    /// <param name="issuedAfter">When the passcode was changed last; null when it was not.</param>
    public async Task<IReadOnlyList<OpenInvitation>> ListAsync(
        string owner, MeetingNumber meeting, string registration, DateTimeOffset? issuedAfter, CancellationToken cancellationToken)
    {
        var partition = PartitionKey(owner, meeting.Value);
        var found = new List<OpenInvitation>();
        await foreach (var row in _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken))
        {
            if (await seal.CheckAsync(AccessTable.Name, row, cancellationToken) != SealState.Wrong
                && row.GetString(Registration) == registration
                && row.GetDateTimeOffset(AccessTable.Expires) > time.GetUtcNow()
                && !(row.GetDateTimeOffset(Issued) <= issuedAfter))
            {
                found.Add(new OpenInvitation(
                    row.RowKey,
                    row.GetString(Organization),
                    row.GetString(Email),
                    row.GetString(CreatedBy),
                    row.GetDateTimeOffset(AccessTable.Expires)!.Value,
                    row.GetDateTimeOffset(LastUsedAt)));
            }
        }

        // Their ids begin with the time.
        return found;
    }

    /// <summary>The organisations that an owner has invited, to whatever meeting, in the order of their ids, 500 at the most: from its own rows alone, so that it tells of no other whether it exists.</summary>
    public async Task<IReadOnlyList<string>> ListInvitedAsync(string owner, CancellationToken cancellationToken)
    {
        var partition = PartitionsOf(owner);
        var found = new List<string>();
        await foreach (var row in _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken))
        {
            if (row.GetDateTimeOffset(AccessTable.Expires) > time.GetUtcNow()
                && await seal.CheckAsync(AccessTable.Name, row, cancellationToken) != SealState.Wrong)
            {
                found.Add(row.RowKey);
                if (found.Count == MostTold)
                {
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>Whether the owner may withdraw one more by itself.</summary>
    public ValueTask<bool> MayWithdrawAsync(string owner, CancellationToken cancellationToken) =>
        withdrawals.HasRoomForAsync(owner, cancellationToken);

    /// <summary>Withdraws one: once this returns it opens nothing here, and elsewhere within 15 seconds.</summary>
    public async Task WithdrawAsync(string owner, MeetingNumber meeting, OpenInvitation invitation, CancellationToken cancellationToken)
    {
        await withdrawals.AddAsync(
            WithdrawnSubject.Invitation(invitation.Id), invitation.ExpiresAt, invitation.ExpiresAt, owner, cancellationToken);
        await _table.DeleteEntityAsync(PartitionKey(owner, meeting.Value), invitation.Id, ETag.All, cancellationToken);
    }

    /// <summary>Notes that an invitation was used, unless a later use is known or it is out no more. Best effort: nothing depends on it.</summary>
    public async Task NoteUseAsync(string owner, MeetingNumber meeting, string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(
                PartitionKey(owner, meeting.Value), id, cancellationToken: cancellationToken);
            if (!found.HasValue
                || await seal.CheckAsync(AccessTable.Name, found.Value!, cancellationToken) == SealState.Wrong
                || found.Value!.GetDateTimeOffset(LastUsedAt) >= at)
            {
                return;
            }

            found.Value[LastUsedAt] = at;
            await seal.SealAsync(AccessTable.Name, found.Value, cancellationToken);
            if (await _table.TryUpdateRowAsync(found.Value, cancellationToken))
            {
                return;
            }
        }
    }

    private static string PartitionKey(string owner, long meeting) =>
        string.Create(CultureInfo.InvariantCulture, $"{PartitionsOf(owner)}{meeting}");

    /// <summary>What the partitions of an organisation's meetings begin with; by itself, that of the organisations that it has invited.</summary>
    internal static string PartitionsOf(string owner) => $"i:{owner}:";
}
