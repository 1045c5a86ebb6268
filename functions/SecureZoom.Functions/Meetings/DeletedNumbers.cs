using Azure.Data.Tables;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>
/// Meetings that Zoom has told are deleted before anybody here was known to own them: whoever writes one down then takes it out again. In the table
/// <c>meetings</c>, one partition a Zoom account (<c>d:{account}</c>), sealed.
/// </summary>
/// <remarks>It is written before the registry is looked at again, and looked for once the registry has the meeting: one of the two finds the other.</remarks>
public sealed class DeletedNumbers(MeetingTable table, TimeProvider time)
{
    /// <summary>A create is written down, or undone, long before.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>How far Zoom's clock may be behind ours. No number is given again that soon.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(1);

    private const string At = "At";

    /// <param name="organization">In whose trail Zoom's event of it is.</param>
    /// <param name="at">When it was deleted, by Zoom's clock.</param>
    public Task AddAsync(string accountId, MeetingNumber number, string organization, DateTimeOffset at, CancellationToken cancellationToken) => table.ReplaceAsync(
        new TableEntity(PartitionKey(accountId), MeetingRow.RowKey(number))
        {
            [MeetingRow.Owner] = organization,
            [At] = at,
            [AccessTable.Expires] = time.GetUtcNow() + Lifetime,
        },
        cancellationToken);

    /// <summary>Whether the meeting of that number which was asked for at a time is deleted.</summary>
    public async Task<bool> HasAsync(string accountId, MeetingNumber number, DateTimeOffset asked, CancellationToken cancellationToken) =>
        (await table.GetAsync(PartitionKey(accountId), MeetingRow.RowKey(number), cancellationToken))?.GetDateTimeOffset(At) >= asked - Behind;

    internal static string PartitionKey(string accountId) => $"d:{accountId}";
}
