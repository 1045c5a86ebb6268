using Azure.Data.Tables;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;
using static SecureZoom.Functions.Meetings.MeetingRow;

namespace SecureZoom.Functions.Meetings;

/// <summary>Who owns which meeting, in the table <c>meetings</c>.</summary>
/// <remarks>
/// One partition an organisation (<c>o:{organisation}</c>) with what its people may find, by number, and beside it, written in the same
/// transaction, where each meeting is listed (<see cref="MeetingPlaces"/>); one partition a Zoom account
/// (<c>a:{account}</c>) with the owner of each number. A meeting counts while both rows name the same registration: where Zoom gives a
/// number again, the earlier owner's row is nothing any more. A caller's look-up is two point reads, one in the caller's own partition, so
/// it cannot find somebody else's meeting, and costs the same for one that does not exist. Rows are sealed.
/// </remarks>
public sealed class MeetingRegistry(
    MeetingTable table, RecentMeetings recent, DeletedNumbers deletions, WithdrawalList withdrawals, ZoomAccounts zoom, TimeProvider time)
{
    /// <summary>How often a change is tried while others change the row.</summary>
    private const int Attempts = 20;

    /// <summary>The organisation's meeting of that number; null when it has none, has deleted it, or Zoom has it no more.</summary>
    public async Task<RegisteredMeeting?> FindAsync(string organization, MeetingNumber number, CancellationToken cancellationToken) =>
        await FindOpenRowAsync(organization, number, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>As <see cref="FindAsync"/>, for whoever joins: where it was found for another just now, or is being looked for, nothing is read.</summary>
    public async Task<RegisteredMeeting?> FindToJoinAsync(string organization, MeetingNumber number, CancellationToken cancellationToken) =>
        await recent.FindAsync(organization, number, () => FindAsync(organization, number, CancellationToken.None), cancellationToken);

    /// <summary>As <see cref="FindAsync"/>, also a closed one whose invitations are not withdrawn yet: closing it again does that.</summary>
    public async Task<RegisteredMeeting?> FindUnfinishedAsync(string organization, MeetingNumber number, CancellationToken cancellationToken) =>
        await FindRowAsync(organization, number, cancellationToken) is { } row && (IsOpen(row) || MayBeOpenedByInvitation(row))
            ? Read(row)
            : null;

    /// <summary>As <see cref="FindAsync"/>, also where Zoom has the meeting no more: what was in it is still the organisation's.</summary>
    public async Task<RegisteredMeeting?> FindPastAsync(string organization, MeetingNumber number, CancellationToken cancellationToken) =>
        await FindRowAsync(organization, number, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>The organisation that owns a number of an account, also when the meeting is deleted; null when none is known.</summary>
    public async Task<string?> FindOwnerAsync(string accountId, MeetingNumber number, CancellationToken cancellationToken) =>
        (await table.GetAsync(AccountKey(accountId), RowKey(number), cancellationToken))?.GetString(Owner);

    /// <summary>What we did to an organisation's meeting at Zoom, also to one that is deleted.</summary>
    public async Task<IReadOnlyList<MeetingOperation>> FindOperationsAsync(string organization, MeetingNumber number, CancellationToken cancellationToken) =>
        await table.GetAsync(OrganizationKey(organization), RowKey(number), cancellationToken) is { } row ? OperationsOf(row) : [];

    /// <summary>Writes down who owns a meeting; whoever had its number before has nothing any more.</summary>
    /// <param name="at">When Zoom says that the meeting was so.</param>
    /// <param name="created">The create, where it is ours.</param>
    public async Task AddAsync(RegisteredMeeting meeting, DateTimeOffset at, CancellationToken cancellationToken, MeetingOperation? created = null)
    {
        var key = RowKey(meeting.Number);
        if (await table.GetAsync(AccountKey(meeting.AccountId), key, cancellationToken) is { } earlier)
        {
            await EndAsync(earlier.GetString(Owner), meeting.Number, earlier.GetString(Registration), isDeleted: true, cancellationToken);
        }

        var row = new TableEntity(OrganizationKey(meeting.Organization), key)
        {
            [Registration] = meeting.Registration,
            [ChangedAt] = at,
            [Deleted] = false,
        };
        Describe(row, meeting);
        TryNote(row, created);
        // Who looks between the two finds nothing, which is not for those who ask afterwards.
        using (recent.Changing(row))
        {
            await table.PlaceAsync(row, cancellationToken);
            // Once this is written the meeting counts, and not before: events wait until its owner is known.
            await table.ReplaceAsync(
                new TableEntity(AccountKey(meeting.AccountId), key) { [Owner] = meeting.Organization, [Registration] = meeting.Registration },
                cancellationToken);
        }

        if (created is not null && await deletions.HasAsync(meeting.AccountId, meeting.Number, created.AskedAt, cancellationToken))
        {
            // Zoom's event of that was faster than its answer to the create.
            await RemoveAsync(meeting, cancellationToken);
        }
    }

    /// <summary>As <see cref="AddAsync"/>, unless somebody has a meeting of that number already.</summary>
    public async Task ClaimAsync(RegisteredMeeting meeting, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var owner = await FindOwnerAsync(meeting.AccountId, meeting.Number, cancellationToken);
        if (owner is null || await FindAsync(owner, meeting.Number, cancellationToken) is null)
        {
            await AddAsync(meeting, at, cancellationToken);
        }
    }

    /// <summary>Keeps what Zoom says of a meeting now, unless something newer is known.</summary>
    /// <param name="updated">The change, where it is ours.</param>
    public Task UpdateAsync(RegisteredMeeting meeting, DateTimeOffset at, CancellationToken cancellationToken, MeetingOperation? updated = null) => ChangeAsync(
        meeting.Organization,
        meeting.Number,
        row => row.GetString(Registration) == meeting.Registration && (TryAdvance(row, ChangedAt, at, () => Redescribe(row, meeting)) | TryNote(row, updated)),
        table.TryMoveAsync,
        cancellationToken);

    /// <summary>Keeps what we did to a meeting, where nothing else of it is kept.</summary>
    public Task NoteAsync(RegisteredMeeting meeting, MeetingOperation done, CancellationToken cancellationToken) => ChangeAsync(
        meeting.Organization,
        meeting.Number,
        row => row.GetString(Registration) == meeting.Registration && TryNote(row, done),
        table.TryUpdateAsync,
        cancellationToken);

    /// <summary>Keeps whether a meeting runs, unless something newer is known.</summary>
    public Task SetStatusAsync(
        string organization, MeetingNumber number, string status, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(organization, number, row => TryAdvance(row, StatusAt, at, () => row[Status] = status), table.TryMoveAsync, cancellationToken);

    /// <summary>Lists a series under what comes next of it, where time has passed what it stands under.</summary>
    public Task MoveOnAsync(string organization, MeetingNumber number, CancellationToken cancellationToken) =>
        ChangeAsync(organization, number, row => MeetingPlaces.AreBehind(row, time.GetUtcNow()), table.TryMoveAsync, cancellationToken);

    /// <summary>Keeps how long invitations to a meeting may be out: before one is.</summary>
    /// <returns>False when the meeting is another by now, or its passcode.</returns>
    public Task<bool> InviteAsync(RegisteredMeeting meeting, DateTimeOffset issued, DateTimeOffset expires, CancellationToken cancellationToken) =>
        ChangeAsync(
            meeting.Organization,
            meeting.Number,
            row =>
            {
                row[InvitedUntil] = row.GetDateTimeOffset(InvitedUntil) is { } later && later > expires ? later : expires;
                return row.GetString(Registration) == meeting.Registration && !(row.GetDateTimeOffset(PasscodeChangedAt) >= issued);
            },
            table.TryUpdateAsync,
            cancellationToken);

    /// <summary>Withdraws the invitations that were issued before the meeting's passcode was changed.</summary>
    /// <param name="changed">The change, where it is ours.</param>
    public async Task ChangePasscodeAsync(
        string organization, MeetingNumber number, DateTimeOffset at, CancellationToken cancellationToken, MeetingOperation? changed = null)
    {
        // First, so that an invitation which is being made is not made any more; then, also when it is done again, what is out.
        await ChangeAsync(organization, number, row => TryAdvance(row, PasscodeChangedAt, at, () => { }) | TryNote(row, changed), table.TryUpdateAsync, cancellationToken);
        if (await FindOpenRowAsync(organization, number, cancellationToken) is { } row)
        {
            await WithdrawAsync(row, at, cancellationToken);
        }
    }

    /// <summary>Takes a deleted meeting from everybody; its owner stays known for the events that still come.</summary>
    /// <exception cref="StorageUnavailableException">Its people cannot join any more, but invitations are not withdrawn: the same again does that.</exception>
    /// <param name="deleted">The deletion, where it is ours.</param>
    public Task RemoveAsync(RegisteredMeeting meeting, CancellationToken cancellationToken, MeetingOperation? deleted = null) =>
        EndAsync(meeting.Organization, meeting.Number, meeting.Registration, isDeleted: true, cancellationToken, deleted);

    /// <summary>As <see cref="RemoveAsync"/> for a meeting that Zoom has no more: it stays among the past ones.</summary>
    /// <inheritdoc cref="RemoveAsync"/>
    public Task CloseAsync(RegisteredMeeting meeting, CancellationToken cancellationToken) =>
        EndAsync(meeting.Organization, meeting.Number, meeting.Registration, isDeleted: false, cancellationToken);

    /// <summary>Closes the row, which changes no more then; withdraws what is out; and marks that as done, so that it is done at least once.</summary>
    private async Task EndAsync(
        string organization, MeetingNumber number, string registration, bool isDeleted, CancellationToken cancellationToken, MeetingOperation? done = null)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await FindRowAsync(organization, number, cancellationToken) is not { } row || row.GetString(Registration) != registration)
            {
                return;
            }

            TryNote(row, done);
            if (IsOpen(row))
            {
                row[Closed] = true;
                if (Read(row).Snapshot.Status != Ended)
                {
                    (row[Status], row[StatusAt]) = (Ended, time.GetUtcNow());
                }

                if (!await table.TryMoveAsync(row, cancellationToken))
                {
                    continue;
                }
            }

            if (!isDeleted && !MayBeOpenedByInvitation(row))
            {
                return;
            }

            await WithdrawAsync(row, DateTimeOffset.MaxValue, cancellationToken);
            row.Remove(InvitedUntil);
            row[Deleted] = isDeleted;
            if (await table.TryMoveAsync(row, cancellationToken))
            {
                return;
            }
        }

        throw Busy();
    }

    private async Task WithdrawAsync(TableEntity row, DateTimeOffset issuedUntil, CancellationToken cancellationToken)
    {
        if (row.GetDateTimeOffset(InvitedUntil) is { } ends)
        {
            var meeting = WithdrawnSubject.Meeting(row.GetString(Registration));
            await withdrawals.AddAsync(meeting, issuedUntil < ends ? issuedUntil : ends, ends, organization: null, cancellationToken);
        }
    }

    /// <param name="change">Changes the row; false when there is nothing to write.</param>
    /// <param name="write">Writes it, and where the meeting is listed, if that may have changed; false when somebody else was first.</param>
    /// <returns>Whether the row was changed; false also when the meeting is not there, or past.</returns>
    private async Task<bool> ChangeAsync(
        string organization,
        MeetingNumber number,
        Func<TableEntity, bool> change,
        Func<TableEntity, CancellationToken, Task<bool>> write,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await FindOpenRowAsync(organization, number, cancellationToken) is not { } row || !change(row))
            {
                return false;
            }

            if (await write(row, cancellationToken))
            {
                return true;
            }
        }

        throw Busy();
    }

    private static StorageUnavailableException Busy() => new("Others changed the meeting each time.");

    private static void Redescribe(TableEntity row, RegisteredMeeting meeting)
    {
        var described = Read(row).As(meeting.Snapshot);
        row[Status] = described.Snapshot.Status;
        Describe(row, described);
    }

    private static bool TryAdvance(TableEntity row, string clock, DateTimeOffset at, Action change)
    {
        if (row.GetDateTimeOffset(clock) > at)
        {
            return false;
        }

        change();
        row[clock] = at;
        return true;
    }

    private static bool TryNote(TableEntity row, MeetingOperation? done)
    {
        if (done is not null)
        {
            Note(row, done);
        }

        return done is not null;
    }

    private async Task<TableEntity?> FindOpenRowAsync(string organization, MeetingNumber number, CancellationToken cancellationToken) =>
        await FindRowAsync(organization, number, cancellationToken) is { } row && IsOpen(row) ? row : null;

    /// <summary>The organisation's row, if it counts and is not deleted.</summary>
    private async Task<TableEntity?> FindRowAsync(string organization, MeetingNumber number, CancellationToken cancellationToken)
    {
        // Both at once, whatever there is to find: the same operations for every number.
        var account = zoom.Serving(organization)?.AccountId;
        var rows = await Task.WhenAll(
            table.GetAsync(OrganizationKey(organization), RowKey(number), cancellationToken),
            account is null ? Task.FromResult<TableEntity?>(null) : table.GetAsync(AccountKey(account), RowKey(number), cancellationToken));
        if (rows[0] is not { } row || row.GetBoolean(Deleted) == true)
        {
            return null;
        }

        // An organisation may have had another account when the meeting was made.
        var holder = row.GetString(Account) == account
            ? rows[1]
            : await table.GetAsync(AccountKey(row.GetString(Account)), row.RowKey, cancellationToken);
        return Counts(row, holder) ? row : null;
    }
}
