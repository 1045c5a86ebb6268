using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>
/// The meetings that Zoom calls by the uuid of an instance, and whose they are: in the table <c>meetings</c>, one partition a Zoom account
/// (<c>u:{account}</c>), sealed.
/// </summary>
public sealed class MeetingUuids(TableServiceClient tables, RowSeal seal, TimeProvider time)
{
    /// <summary>Zoom tells of an instance, its recordings and its summary, for about a year.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    private const string Number = "Number";
    private const string Owner = "Owner";

    private readonly TableClient _table = tables.GetTableClient(MeetingTable.Name);

    public async Task AddAsync(string accountId, string uuid, MeetingInstance instance, CancellationToken cancellationToken)
    {
        var row = new TableEntity(PartitionKey(accountId), RowKey(uuid))
        {
            [Number] = instance.Number.Value,
            [Owner] = instance.Organization,
            [AccessTable.Expires] = time.GetUtcNow() + Lifetime,
        };
        await seal.SealAsync(MeetingTable.Name, row, cancellationToken);
        await _table.ReplaceRowAsync(row, cancellationToken);
    }

    /// <summary>The meeting; null when nobody has told us of the instance.</summary>
    public async Task<MeetingInstance?> FindAsync(string accountId, string uuid, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(PartitionKey(accountId), RowKey(uuid), cancellationToken: cancellationToken);
        return found is { HasValue: true, Value: { } row }
            && await seal.CheckAsync(MeetingTable.Name, row, cancellationToken) != SealState.Wrong
            && MeetingNumber.From(row.GetInt64(Number) ?? 0) is { } number
                ? new MeetingInstance(number, row.GetString(Owner))
                : null;
    }

    internal static string PartitionKey(string accountId) => $"u:{accountId}";

    /// <summary>A uuid may hold what no key can.</summary>
    private static string RowKey(string uuid) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uuid)));
}
