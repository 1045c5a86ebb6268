using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit.Indexing;

/// <summary>
/// A trail's index, in its partition of the table <c>audit</c>: <c>f:{tile}</c>, where in a tile of 256 records each mark stands, and
/// <c>k:{mark}</c>, the marks of one person's other names. Marks are MACs (<see cref="TrailMarks"/>).
/// </summary>
/// <remarks>It is a cache: where a tile's row is missing, or is not ours, its records are read. Who takes rows of names away keeps names apart, until the person signs in again.</remarks>
internal sealed class IndexTable(TableServiceClient tables, SecretStore secrets)
{
    private const string FilterPrefix = "f:";
    private const string FilterEnd = "f;";
    private const string NamePrefix = "k:";

    /// <summary>Names of one person.</summary>
    private const int MaxLinked = 64;
    private const int AtOnce = 100;

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);

    /// <summary>The tiles, from one on, that have a filter.</summary>
    public async Task<HashSet<long>> ReadTilesAsync(string organization, long first, CancellationToken cancellationToken)
    {
        var rows = _table.QueryRowsAsync(Between(organization, KeyOf(first), FilterEnd), select: ["RowKey"], cancellationToken: cancellationToken);
        return [.. await rows.Select(row => TileOf(row.RowKey)).ToListAsync(cancellationToken)];
    }

    /// <summary>The filters from one tile up to another, both included, as far as they are there and ours.</summary>
    public async IAsyncEnumerable<(long Tile, TileFilter Filter)> ReadAsync(
        string organization, long first, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var mac = await TrailMarks.MacAsync(secrets, cancellationToken);
        await foreach (var row in _table.QueryRowsAsync(Between(organization, KeyOf(first), KeyOf(last + 1)), cancellationToken: cancellationToken))
        {
            if (MacedRow.TryRead(row, mac) is { } bytes)
            {
                yield return (TileOf(row.RowKey), TileFilter.Of(bytes));
            }
        }
    }

    public async Task WriteAsync(string organization, long tile, TileFilter filter, CancellationToken cancellationToken)
    {
        var mac = await TrailMarks.MacAsync(secrets, cancellationToken);
        await _table.ReplaceRowAsync(MacedRow.Write(organization, KeyOf(tile), filter.ToBytes(), mac), cancellationToken);
    }

    /// <summary>Takes out the filters of tiles in front of one.</summary>
    public async Task RemoveBeforeAsync(string organization, long tile, CancellationToken cancellationToken)
    {
        await foreach (var some in _table.QueryRowsAsync(Between(organization, FilterPrefix, KeyOf(tile)), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken)
            .Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            await _table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
        }
    }

    /// <summary>Ties a person's names together.</summary>
    public async Task LinkAsync(string organization, IReadOnlyCollection<ulong> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            await LinkAsync(organization, name, names, cancellationToken);
        }
    }

    /// <summary>All names of whoever has one of these.</summary>
    public async Task<HashSet<ulong>> ReadLinkedAsync(string organization, ulong name, CancellationToken cancellationToken)
    {
        var mac = await TrailMarks.MacAsync(secrets, cancellationToken);
        var (linked, asked) = (new HashSet<ulong> { name }, new HashSet<ulong>());
        while (linked.Except(asked).Take(MaxLinked).ToList() is { Count: > 0 } next && asked.Count < MaxLinked)
        {
            asked.UnionWith(next);
            var rows = await Task.WhenAll(next.Select(one => ReadLinkedAsync(organization, one, mac, cancellationToken)));
            linked.UnionWith(rows.SelectMany(row => row.Linked));
        }

        return linked;
    }

    /// <summary>Lets go of a person's names.</summary>
    /// <returns>Whether they had any.</returns>
    public async Task<bool> UnlinkAsync(string organization, IEnumerable<ulong> names, CancellationToken cancellationToken)
    {
        var had = false;
        foreach (var name in names)
        {
            var response = await _table.DeleteEntityAsync(organization, KeyOf(name), ETag.All, cancellationToken);
            had |= response.Status == StatusCodes.Status204NoContent;
        }

        return had;
    }

    private async Task LinkAsync(string organization, ulong name, IReadOnlyCollection<ulong> names, CancellationToken cancellationToken)
    {
        var mac = await TrailMarks.MacAsync(secrets, cancellationToken);
        for (var isWritten = false; !isWritten;)
        {
            var (known, tag) = await ReadLinkedAsync(organization, name, mac, cancellationToken);
            var linked = known.Union(names).Take(MaxLinked).Order().ToList();
            isWritten = (tag is not null && linked.Count == known.Count) || await TryWriteAsync(organization, name, linked, mac, tag, cancellationToken);
        }
    }

    private async Task<bool> TryWriteAsync(string organization, ulong name, List<ulong> linked, StableMac mac, ETag? tag, CancellationToken cancellationToken)
    {
        var bytes = new byte[linked.Count * sizeof(ulong)];
        foreach (var (index, one) in linked.Index())
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(index * sizeof(ulong)), one);
        }

        var row = MacedRow.Write(organization, KeyOf(name), bytes, mac);
        try
        {
            await (tag is { } read ? _table.UpdateEntityAsync(row, read, TableUpdateMode.Replace, cancellationToken) : _table.AddEntityAsync(row, cancellationToken));
            return true;
        }
        catch (RequestFailedException exception) when (
            exception.Status is StatusCodes.Status404NotFound or StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed)
        {
            return false;
        }
    }

    private async Task<(HashSet<ulong> Linked, ETag? Tag)> ReadLinkedAsync(string organization, ulong name, StableMac mac, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(organization, KeyOf(name), cancellationToken: cancellationToken);
        var bytes = row.HasValue ? MacedRow.TryRead(row.Value!, mac) : null;
        return ([.. (bytes ?? []).Chunk(sizeof(ulong)).Select(one => BinaryPrimitives.ReadUInt64LittleEndian(one))], row.HasValue ? row.Value!.ETag : null);
    }

    private static string Between(string organization, string from, string to) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {organization} and RowKey ge {from} and RowKey lt {to}");

    private static string KeyOf(long tile) => FilterPrefix + tile.ToString("D19", CultureInfo.InvariantCulture);

    private static string KeyOf(ulong name) => NamePrefix + name.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Whoever else puts a row there puts it in no tile's place.</summary>
    private static long TileOf(string key) =>
        long.TryParse(key.AsSpan(FilterPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var tile) ? tile : -1;
}
