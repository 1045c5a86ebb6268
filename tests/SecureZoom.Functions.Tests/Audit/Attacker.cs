using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Somebody who can write to tables and blobs, but has no key: rewrites a trail as well as that allows.</summary>
internal sealed class Attacker(string connectionString, string organization)
{
    private readonly TableServiceClient _tables = new(connectionString);

    public Attacker(Cloud cloud, string organization)
        : this(cloud.Storage.ConnectionString, organization)
    {
    }

    public BlobContainerClient Blobs { get; } = new(connectionString, CheckpointBlobs.ContainerName);

    private TableClient Table => _tables.GetTableClient(AuditTrail.TableName);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Changes the list of deeds, then numbers them anew and recomputes every leaf, the tiles and the head.</summary>
    public async Task RewriteAsync(Action<List<JsonObject>> change)
    {
        var stored = (await CopyAsync()).Where(row => char.IsAsciiDigit(row.RowKey[0])).Select(row => TrailRows.Read(row, next: 0)).ToList();
        var originals = stored.ToDictionary(record => (string)Deed(record)["id"]!);
        var deeds = stored.ConvertAll(Deed);
        change(deeds);
        foreach (var record in stored)
        {
            await DeleteAsync(TrailRows.KeyOf(record.Sequence));
        }

        var edge = TreeEdge.Empty;
        var leaves = new List<byte[]>();
        for (var index = 0; index < deeds.Count; index++)
        {
            var original = originals[(string)deeds[index]["id"]!];
            deeds[index]["index"] = index;
            var isUntouched = JsonNode.DeepEquals(deeds[index], Deed(original));
            var record = isUntouched ? original.Line!.Record : original.Line!.Record with { Deed = Encoding.UTF8.GetBytes(deeds[index].ToJsonString()) };
            leaves.Add(record.LeafHash());
            edge = edge.Append(leaves[^1]);
            var line = new RecordLine(record, leaves[^1]);
            await Table.AddEntityAsync(TrailRows.Row(organization, new StoredRecord(index + 1, line, original.Mac)), Cancellation);
        }

        await new TrailTiles(_tables).WriteAsync(organization, 0, leaves, Cancellation);
        await AlterAsync(TrailRows.HeadKey, head =>
        {
            head["Size"] = edge.Size;
            head["Edge"] = edge.ToBytes();
        });
    }

    public async Task AlterAsync(string rowKey, Action<TableEntity> change)
    {
        var row = (await Table.GetEntityAsync<TableEntity>(organization, rowKey, cancellationToken: Cancellation)).Value;
        change(row);
        await Table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);
    }

    public Task AlterAsync(long sequence, Action<TableEntity> change) => AlterAsync(TrailRows.KeyOf(sequence), change);

    /// <summary>Changes words of a record's deed, and nothing else.</summary>
    public Task EditAsync(long sequence, string was, string becomes) => AlterAsync(sequence, row =>
    {
        var deed = Encoding.UTF8.GetString((byte[])row["Deed"]);
        Assert.Contains(was, deed, StringComparison.Ordinal);
        row["Deed"] = Encoding.UTF8.GetBytes(deed.Replace(was, becomes, StringComparison.Ordinal));
    });

    public Task PutAsync(TableEntity row) => Table.UpsertEntityAsync(row, TableUpdateMode.Replace, Cancellation);

    public Task DeleteAsync(string rowKey, string? partition = null) =>
        Table.DeleteEntityAsync(partition ?? organization, rowKey, cancellationToken: Cancellation);

    /// <summary>Everything that the trail's partition holds, by row key.</summary>
    public async Task<IReadOnlyList<TableEntity>> CopyAsync() =>
        [.. (await Table.QueryAsync<TableEntity>(row => row.PartitionKey == organization, cancellationToken: Cancellation).ToListAsync(Cancellation))
            .OrderBy(row => row.RowKey, StringComparer.Ordinal)];

    /// <summary>Puts the partition back to what it held, seals and guards included.</summary>
    public async Task RestoreAsync(IReadOnlyList<TableEntity> copy)
    {
        foreach (var row in await CopyAsync())
        {
            await DeleteAsync(row.RowKey);
        }

        foreach (var row in copy)
        {
            await PutAsync(row);
        }
    }

    /// <summary>Puts a file in the place of the organisation's checkpoint of this number.</summary>
    public Task PutCheckpointAsync(long number, string content) =>
        CheckpointBlob(number).UploadAsync(BinaryData.FromString(content), overwrite: true, Cancellation);

    public BlobClient CheckpointBlob(long number) => Blobs.GetBlobClient($"{TrailBench.Options.FolderOf(organization)}/{number:D10}.json");

    private static JsonObject Deed(StoredRecord record) => JsonNode.Parse(record.Line!.Record.Deed.Span)!.AsObject();
}
