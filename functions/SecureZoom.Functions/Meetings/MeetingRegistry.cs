using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Who owns which meeting, in the table <c>meetings</c>.</summary>
/// <remarks>
/// One partition an organisation (<c>o:{organisation}</c>) with what its people may find, by number; one partition a Zoom account
/// (<c>a:{account}</c>) with the owner of each number, for webhooks. A caller's look-up is a point read in the caller's own partition,
/// so it cannot find somebody else's meeting, and costs the same for one that does not exist.
/// </remarks>
public sealed class MeetingRegistry(TableServiceClient tables)
{
    private const string TableName = "meetings";
    private const string Deleted = "Deleted";
    private const string Account = "Account";
    private const string Owner = "Owner";
    private const string Meeting = "Meeting";
    private const string ChangedAt = "ChangedAt";
    private const string Status = "Status";
    private const string StatusAt = "StatusAt";
    private const int Conflict = 409;
    private const int PreconditionFailed = 412;

    private readonly TableClient _table = tables.GetTableClient(TableName);

    /// <summary>The organisation's meeting of that number; null when it has none, or has deleted it.</summary>
    public async Task<RegisteredMeeting?> FindAsync(string organization, MeetingNumber number, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(
            OrganizationKey(organization), RowKey(number), cancellationToken: cancellationToken);
        return found.HasValue ? Read(organization, found.Value!) : null;
    }

    /// <summary>The organisation that owns a number of an account, also when the meeting is deleted; null when none is known.</summary>
    public async Task<string?> FindOwnerAsync(string accountId, MeetingNumber number, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(
            AccountKey(accountId), RowKey(number), cancellationToken: cancellationToken);
        return found.HasValue ? found.Value!.GetString(Owner) : null;
    }

    /// <summary>A page of the organisation's meetings by number, and whether more follow.</summary>
    /// <param name="after">The last number of the page before; null for the first page.</param>
    public async Task<(IReadOnlyList<RegisteredMeeting> Meetings, bool More)> ListAsync(
        string organization, MeetingNumber? after, int pageSize, CancellationToken cancellationToken)
    {
        var meetings = new List<RegisteredMeeting>(pageSize);
        await foreach (var meeting in EnumerateAsync(organization, after, pageSize + 1, cancellationToken))
        {
            if (meetings.Count == pageSize)
            {
                return (meetings, true);
            }

            meetings.Add(meeting);
        }

        return (meetings, false);
    }

    /// <summary>Writes down who owns a meeting. The same again changes nothing.</summary>
    /// <param name="at">When Zoom says that the meeting was so.</param>
    public async Task AddAsync(RegisteredMeeting meeting, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // For webhooks first: should the second write fail, the events of the meeting still find their organisation.
        await _table.ReplaceRowAsync(
            new TableEntity(AccountKey(meeting.AccountId), RowKey(meeting.Number)) { [Owner] = meeting.Organization }, cancellationToken);
        var entity = new TableEntity(OrganizationKey(meeting.Organization), RowKey(meeting.Number)) { [ChangedAt] = at };
        Describe(entity, meeting);
        await _table.ReplaceRowAsync(entity, cancellationToken);
    }

    /// <summary>As <see cref="AddAsync"/>, unless somebody owns the number of the account already, or did.</summary>
    public async Task ClaimAsync(RegisteredMeeting meeting, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var owner = await FindOwnerAsync(meeting.AccountId, meeting.Number, cancellationToken);
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            OrganizationKey(meeting.Organization), RowKey(meeting.Number), select: [Deleted], cancellationToken: cancellationToken);
        if (!row.HasValue && (owner ?? meeting.Organization) == meeting.Organization)
        {
            await AddAsync(meeting, at, cancellationToken);
        }
    }

    /// <summary>Keeps what Zoom says of a meeting now, unless something newer is known.</summary>
    public Task UpdateAsync(RegisteredMeeting meeting, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(meeting.Organization, meeting.Number, ChangedAt, at, entity => Describe(entity, meeting), cancellationToken);

    /// <summary>Keeps whether a meeting runs, unless something newer is known.</summary>
    public Task SetStatusAsync(
        string organization, MeetingNumber number, string status, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(organization, number, StatusAt, at, entity => entity[Status] = status, cancellationToken);

    /// <summary>Marks a meeting as deleted; its owner stays known for the events that still come.</summary>
    public Task RemoveAsync(string organization, MeetingNumber number, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(organization, number, ChangedAt, at, entity => entity[Deleted] = true, cancellationToken);

    private async Task ChangeAsync(
        string organization, MeetingNumber number, string clock, DateTimeOffset at, Action<TableEntity> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(
                OrganizationKey(organization), RowKey(number), cancellationToken: cancellationToken);
            if (!found.HasValue || found.Value!.GetDateTimeOffset(clock) > at || found.Value.GetBoolean(Deleted) == true)
            {
                return;
            }

            change(found.Value);
            found.Value[clock] = at;
            try
            {
                await _table.UpdateEntityAsync(found.Value, found.Value.ETag, TableUpdateMode.Replace, cancellationToken);
                return;
            }
            catch (RequestFailedException exception) when (exception.Status == PreconditionFailed)
            {
                // Somebody else was first: look again whether this is still news.
            }
        }
    }

    private async IAsyncEnumerable<RegisteredMeeting> EnumerateAsync(
        string organization, MeetingNumber? after, int atOnce, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var partition = OrganizationKey(organization);
        var from = after is { } last ? RowKey(last) : "";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {from}");
        await foreach (var row in _table.QueryRowsAsync(filter, atOnce, cancellationToken: cancellationToken))
        {
            if (Read(organization, row) is { } meeting)
            {
                yield return meeting;
            }
        }
    }

    private static void Describe(TableEntity entity, RegisteredMeeting meeting)
    {
        entity[Account] = meeting.AccountId;
        entity[Meeting] = JsonSerializer.Serialize(meeting.Snapshot, MeetingJson.Default.MeetingSnapshot);
    }

    private static RegisteredMeeting? Read(string organization, TableEntity entity)
    {
        if (entity.GetBoolean(Deleted) == true || !MeetingNumber.TryParse(entity.RowKey.TrimStart('0'), spaced: false, out var number))
        {
            return null;
        }

        var snapshot = JsonSerializer.Deserialize(entity.GetString(Meeting), MeetingJson.Default.MeetingSnapshot)!;
        return new RegisteredMeeting(
            organization, number, entity.GetString(Account), snapshot with { Status = entity.GetString(Status) ?? snapshot.Status });
    }

    private static string OrganizationKey(string organization) => $"o:{organization}";

    private static string AccountKey(string accountId) => $"a:{accountId}";

    private static string RowKey(MeetingNumber number) => number.Value.ToString("D11", CultureInfo.InvariantCulture);
}
