using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Storage;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// Where trails begin of which records were let go: a sealed row an organisation in the partition <c>.beginnings</c> of the table <c>audit</c>.
/// </summary>
/// <remarks>It leads readers; that records were to go, the trail itself says. Who takes the row away makes a cut look like a loss, never a loss like a cut.</remarks>
public sealed class TrailBeginnings(TableServiceClient tables, RowSeal seal)
{
    internal const string Partition = ".beginnings";
    private const string SizeColumn = "Size";
    private const string EdgeColumn = "Edge";
    private const string AuthorityColumn = "Authority";
    private const string GoneToColumn = "GoneTo";
    private const string SaidAtColumn = "SaidAt";
    private const string HasLeftColumn = "HasLeft";

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);

    /// <summary>The furthest that this instance has seen of each.</summary>
    private readonly ConcurrentDictionary<string, TrailBeginning> _seen = new(StringComparer.Ordinal);

    /// <summary>Where a trail begins; <see cref="TrailBeginning.None"/> at its first record.</summary>
    internal async Task<TrailBeginning> ReadAsync(string organization, CancellationToken cancellationToken)
    {
        var seen = _seen.GetValueOrDefault(organization, TrailBeginning.None);
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, organization, cancellationToken: cancellationToken);
        var read = row.HasValue ? await ReadAsync(row.Value!, cancellationToken) : TrailBeginning.None;
        if (read.Size < seen.Size)
        {
            seal.ReportLoss(AuditTrail.TableName, Partition, seen.Size);
            return seen with { Tag = read.Tag };
        }

        return _seen[organization] = read;
    }

    /// <summary>The organisations that have left.</summary>
    internal async Task<IReadOnlySet<string>> ReadLeftAsync(CancellationToken cancellationToken)
    {
        var left = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in _table.QueryRowsAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken))
        {
            if ((await ReadAsync(row, cancellationToken)).HasLeft)
            {
                left.Add(row.RowKey);
            }
        }

        return left;
    }

    /// <returns>Whether it is kept: somebody else may have changed it.</returns>
    internal async Task<bool> TryWriteAsync(string organization, TrailBeginning beginning, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition, organization)
        {
            [SizeColumn] = beginning.Size,
            [EdgeColumn] = beginning.Edge.ToBytes(),
            [AuthorityColumn] = beginning.Authority,
            [GoneToColumn] = beginning.GoneTo,
            [SaidAtColumn] = beginning.SaidAt,
            [HasLeftColumn] = beginning.HasLeft,
        };
        await seal.SealAsync(AuditTrail.TableName, row, cancellationToken);
        try
        {
            await (beginning.Tag is { } tag
                ? _table.UpdateEntityAsync(row, tag, TableUpdateMode.Replace, cancellationToken)
                : _table.AddEntityAsync(row, cancellationToken));
            return true;
        }
        catch (RequestFailedException exception) when (
            exception.Status is StatusCodes.Status404NotFound or StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed)
        {
            return false;
        }
    }

    /// <summary>One that is not ours is none, and is written over.</summary>
    private async Task<TrailBeginning> ReadAsync(TableEntity row, CancellationToken cancellationToken) =>
        await seal.CheckAsync(AuditTrail.TableName, row, cancellationToken) != SealState.Wrong
        && TreeEdge.TryRead(row.GetInt64(SizeColumn) ?? 0, row.GetBinary(EdgeColumn) ?? [], out var edge)
            ? new TrailBeginning(
                edge,
                row.GetInt64(AuthorityColumn) ?? 0,
                row.GetInt64(GoneToColumn) ?? 0,
                row.GetDateTimeOffset(SaidAtColumn) ?? DateTimeOffset.MinValue,
                row.GetBoolean(HasLeftColumn) is true,
                row.ETag)
            : TrailBeginning.None with { Tag = row.ETag };
}
