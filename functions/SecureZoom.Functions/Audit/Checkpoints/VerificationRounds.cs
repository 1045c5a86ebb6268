using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Storage;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// How far each trail was verified again: a sealed row an organisation in the partition <c>.rounds</c> of the table <c>audit</c>, and what
/// this instance knows of it.
/// </summary>
public sealed class VerificationRounds(TableServiceClient tables, RowSeal seal)
{
    internal const string Partition = ".rounds";
    private const string BeganAtColumn = "BeganAt";
    private const string SizeColumn = "Size";
    private const string EdgeColumn = "Edge";
    private const string IsDoneColumn = "IsDone";
    private const string UnexplainedColumn = "Unexplained";
    private const string HasMoreColumn = "HasMore";

    /// <summary>What a column takes.</summary>
    private const int MaxUnexplained = 60 * 1024;

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);
    private readonly ConcurrentDictionary<string, VerificationRound> _known = new(StringComparer.Ordinal);

    internal async Task<VerificationRound> GetAsync(string organization, CancellationToken cancellationToken) =>
        _known.TryGetValue(organization, out var known) ? known : _known[organization] = await ReadAsync(organization, cancellationToken);

    internal async Task KeepAsync(string organization, VerificationRound round, CancellationToken cancellationToken)
    {
        _known[organization] = await TryWriteAsync(organization, round, cancellationToken)
            ?? await MeetAsync(organization, round, cancellationToken);
    }

    /// <summary>Somebody else has changed the row: another instance, which is further; or who would have it begin again for ever.</summary>
    private async Task<VerificationRound> MeetAsync(string organization, VerificationRound round, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(organization, cancellationToken);
        if (!stored.IsBehind(round))
        {
            return stored;
        }

        if (_known.TryGetValue(organization, out var known) && stored.IsBehind(known))
        {
            seal.ReportLoss(AuditTrail.TableName, Partition, known.Edge.Size);
        }

        return await TryWriteAsync(organization, round with { ETag = stored.ETag }, cancellationToken) ?? stored;
    }

    private async Task<VerificationRound?> TryWriteAsync(string organization, VerificationRound round, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition, organization)
        {
            [BeganAtColumn] = round.BeganAt,
            [SizeColumn] = round.Edge.Size,
            [EdgeColumn] = round.Edge.ToBytes(),
            [IsDoneColumn] = round.IsDone,
        };
        if (round.Unexplained.Count > 0 || round.HasMore)
        {
            // Columns that stay away from the rows of trails in which nothing was erased.
            var unexplained = JsonSerializer.SerializeToUtf8Bytes([.. round.Unexplained], CheckpointJson.Default.ErasedPartsArray);
            row[UnexplainedColumn] = unexplained.Length > MaxUnexplained ? "[]"u8.ToArray() : unexplained;
            row[HasMoreColumn] = round.HasMore || unexplained.Length > MaxUnexplained;
        }

        await seal.SealAsync(AuditTrail.TableName, row, cancellationToken);
        try
        {
            var response = round.ETag is { } etag
                ? await _table.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, cancellationToken)
                : await _table.AddEntityAsync(row, cancellationToken);
            return round with { ETag = response.Headers.ETag };
        }
        catch (RequestFailedException exception) when (
            exception.Status is StatusCodes.Status404NotFound or StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed)
        {
            return null;
        }
    }

    /// <summary>One that is not ours is none, and is written over.</summary>
    private async Task<VerificationRound> ReadAsync(string organization, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, organization, cancellationToken: cancellationToken);
        if (!row.HasValue)
        {
            return VerificationRound.None;
        }

        return await seal.CheckAsync(AuditTrail.TableName, row.Value!, cancellationToken) != SealState.Wrong
            && row.Value!.GetDateTimeOffset(BeganAtColumn) is { } beganAt
            && row.Value.GetBoolean(IsDoneColumn) is { } isDone
            && TreeEdge.TryRead(row.Value.GetInt64(SizeColumn) ?? 0, row.Value.GetBinary(EdgeColumn) ?? [], out var edge)
                ? new VerificationRound(beganAt, edge, isDone, row.Value.ETag)
                {
                    Unexplained = row.Value.GetBinary(UnexplainedColumn) is { } json ? JsonSerializer.Deserialize(json, CheckpointJson.Default.ErasedPartsArray) ?? [] : [],
                    HasMore = row.Value.GetBoolean(HasMoreColumn) is true,
                }
                : VerificationRound.None with { ETag = row.Value!.ETag };
    }
}
