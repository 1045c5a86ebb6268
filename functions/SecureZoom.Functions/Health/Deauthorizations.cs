using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Health;

/// <summary>Zoom accounts that have taken our app out, lately: calls to Zoom fail then, until somebody puts it back.</summary>
/// <remarks>In the table <c>access</c>, partition <c>deauthorized</c>, sealed.</remarks>
public sealed partial class Deauthorizations(TableServiceClient tables, RowSeal seal, TimeProvider time, ILogger<Deauthorizations> logger)
{
    /// <summary>Zoom does not tell when it is put back.</summary>
    private static readonly TimeSpan Remember = TimeSpan.FromDays(1);

    private const string Partition = "deauthorized";

    private readonly TableClient _table = tables.GetTableClient(AccessTable.Name);

    /// <returns>False for one that is over.</returns>
    public async Task<bool> AddAsync(string accountId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (at + Remember <= time.GetUtcNow())
        {
            return false;
        }

        Log.Deauthorized(logger, accountId);
        var row = new TableEntity(Partition, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(accountId))))
        {
            [AccessTable.Expires] = at + Remember,
        };
        await seal.SealAsync(AccessTable.Name, row, cancellationToken);
        await _table.ReplaceRowAsync(row, cancellationToken);
        return true;
    }

    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await foreach (var row in _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken))
        {
            if (row.GetDateTimeOffset(AccessTable.Expires) > now && await seal.CheckAsync(AccessTable.Name, row, cancellationToken) != SealState.Wrong)
            {
                return true;
            }
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 144, Level = LogLevel.Critical, Message = "The Zoom account {Account} has taken our app out: authorize it there again")]
        public static partial void Deauthorized(ILogger logger, string account);
    }
}
