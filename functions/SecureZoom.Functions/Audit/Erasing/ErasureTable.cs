using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>
/// Erasures, whatever became of them: a sealed row each in the partition <c>.erasures</c> of the table <c>audit</c>. Whom they are about and
/// who asked is in it encrypted, and only until it is done.
/// </summary>
internal sealed class ErasureTable(TableServiceClient tables, RowSeal seal, SecretStore secrets)
{
    public const string Partition = ".erasures";
    private const string Type = "audit-erasure";
    private const string Column = "Erasure";
    private const string Label = "erased-person";

    /// <summary>The row of an organisation that each of its requests changes, so that of two at once one comes first.</summary>
    private const string Turn = "turn";
    private const string Newest = "Newest";

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);

    /// <summary>What stands for a person in an organisation.</summary>
    public async Task<string> KeyOfAsync(string organization, string person, CancellationToken cancellationToken)
    {
        var mac = await StableMac.OpenAsync(secrets, Label, cancellationToken);
        return mac.Of(organization, person.Trim().ToLowerInvariant())[..32];
    }

    /// <summary>The id of a record of an erasure: the same for the same content.</summary>
    public async Task<string> IdOfAsync(Erasure erasure, string content, CancellationToken cancellationToken)
    {
        var mac = await StableMac.OpenAsync(secrets, Label, cancellationToken);
        return mac.Of("record", erasure.Id, content)[..32];
    }

    public Task<IReadOnlyList<(Erasure Erasure, ETag Tag)>> ReadAllAsync(CancellationToken cancellationToken) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken);

    /// <summary>An organisation's, the newest first.</summary>
    public async Task<IReadOnlyList<(Erasure Erasure, ETag Tag)>> ReadAsync(string organization, CancellationToken cancellationToken)
    {
        var found = await QueryAsync(FilterOf(organization), cancellationToken);
        return [.. found.Reverse()];
    }

    /// <summary>An organisation's, the oldest first, and the tag of its turn; null where nobody has added one by turns.</summary>
    public async Task<(IReadOnlyList<Erasure> Erasures, ETag? Turn)> ReadForTurnAsync(string organization, CancellationToken cancellationToken)
    {
        ETag? turn = null;
        var found = await QueryAsync(
            FilterOf(organization), cancellationToken, row => turn = row.RowKey == KeyOf(organization, Turn) ? row.ETag : turn);
        return ([.. found.Select(one => one.Erasure)], turn);
    }

    /// <summary>Adds one where nobody has added any since the organisation's were read.</summary>
    /// <param name="turn">As it was read.</param>
    /// <returns>Whether it is there: false also where an answer was lost and it was written all the same.</returns>
    public async Task<bool> TryAddAsync(Erasure erasure, ETag? turn, CancellationToken cancellationToken)
    {
        var mark = new TableEntity(Partition, KeyOf(erasure.Organization, Turn)) { [Newest] = erasure.Id };
        await seal.SealAsync(AuditTrail.TableName, mark, cancellationToken);
        try
        {
            await _table.SubmitRowsAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, await RowAsync(erasure, cancellationToken)),
                    turn is { } tag
                        ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, mark, tag)
                        : new TableTransactionAction(TableTransactionActionType.Add, mark),
                ],
                cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (
            exception.Status is StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed or StatusCodes.Status404NotFound)
        {
            return false;
        }
    }

    public async Task<(Erasure Erasure, ETag Tag)?> FindAsync(string organization, string id, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, KeyOf(organization, id), cancellationToken: cancellationToken);
        return row.HasValue ? await ReadAsync(row.Value!, cancellationToken) : null;
    }

    public async Task<ETag> AddAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var row = await RowAsync(erasure, cancellationToken);
        await _table.SubmitRowsAsync([new TableTransactionAction(TableTransactionActionType.Add, row)], cancellationToken);
        return (await FindAsync(erasure.Organization, erasure.Id, cancellationToken))?.Tag ?? ETag.All;
    }

    /// <returns>The row's new tag; null when somebody else has changed it.</returns>
    public async Task<ETag?> TryUpdateAsync(Erasure erasure, ETag tag, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _table.UpdateEntityAsync(await RowAsync(erasure, cancellationToken), tag, TableUpdateMode.Replace, cancellationToken);
            return response.Headers.ETag;
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status412PreconditionFailed or StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    private static string FilterOf(string organization)
    {
        var (from, to) = ($"{organization}:", $"{organization};");
        return TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from} and RowKey lt {to}");
    }

    private static string KeyOf(string organization, string id) => $"{organization}:{id}";

    private async Task<TableEntity> RowAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(erasure, ErasureRowJson.Default.Erasure);
        // Under the version that stays over rotations: the row waits for days.
        var sealing = await secrets.OldestAsync(SecretNames.StorageSealKey, cancellationToken);
        var row = new TableEntity(Partition, KeyOf(erasure.Organization, erasure.Id)) { [Column] = Encoding.ASCII.GetBytes(Jwe.Seal(json, Type, sealing)) };
        await seal.SealAsync(AuditTrail.TableName, row, cancellationToken);
        return row;
    }

    private async Task<IReadOnlyList<(Erasure Erasure, ETag Tag)>> QueryAsync(
        string filter, CancellationToken cancellationToken, Action<TableEntity>? look = null)
    {
        var found = new List<(Erasure, ETag)>();
        await foreach (var row in _table.QueryRowsAsync(filter, cancellationToken: cancellationToken))
        {
            look?.Invoke(row);
            if (await ReadAsync(row, cancellationToken) is { } one)
            {
                found.Add(one);
            }
        }

        return found;
    }

    /// <summary>Null where it is not ours; that is reported.</summary>
    private async Task<(Erasure Erasure, ETag Tag)?> ReadAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var keys = await secrets.AllAsync(SecretNames.StorageSealKey, cancellationToken);
        return await seal.CheckAsync(AuditTrail.TableName, row, cancellationToken) != SealState.Wrong
            && row.GetBinary(Column) is { } token
            && Jwe.Open(Encoding.ASCII.GetString(token), Type, keys) is { } json
            && JsonSerializer.Deserialize(json, ErasureRowJson.Default.Erasure) is { } erasure
                ? (erasure, row.ETag)
                : null;
    }
}
