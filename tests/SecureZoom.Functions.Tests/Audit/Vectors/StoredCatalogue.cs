using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>
/// Puts the catalogue's trails into storage, one after the other, as an attack leaves them there, and lets the server's verifier judge each.
/// Head, beginning and MACs are as if whoever attacks had the key of seals, too: what names the attack is what everybody has.
/// </summary>
internal sealed class StoredCatalogue(Cloud cloud, string storage)
{
    /// <summary>A transaction's limit.</summary>
    private const int MostAtOnce = 100;

    private static readonly AuditOptions Options = new(VectorTrail.Origin);

    private readonly TableClient _table = new(storage, AuditTrail.TableName);
    private readonly BlobContainerClient _checkpoints = new(storage, CheckpointBlobs.ContainerName);
    private readonly SecretVersion _sealKey = new(cloud.Secrets[SecretNames.StorageSealKey]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Whether the server can be given it: its pins are the vault's, and it has the whole trail.</summary>
    public static bool Takes(VectorCase trail) => trail.Trusted.Length > 0 && (trail.Before.Size == 0 || trail.IsFromBeginning);

    public async Task PrepareAsync()
    {
        await _table.CreateIfNotExistsAsync(Cancellation);
        await _checkpoints.CreateIfNotExistsAsync(cancellationToken: Cancellation);
    }

    public async Task<TrailVerdict> VerifyAsync(VectorCase trail)
    {
        using var bench = new TrailBench(cloud, new FakeTimeProvider(trail.Time), storage: storage, options: Options, secrets: new()
        {
            [$"Secrets:{SecretNames.AuditCheckpointKey}"] = VectorTrail.Key.ExportPkcs8PrivateKeyPem(),
            [$"Secrets:{SecretNames.AuditNoteKey}"] = Convert.ToBase64String(VectorTrail.Hash("note")),
        });
        await ClearAsync();
        await PutRecordsAsync(trail);
        if (trail.IsFromBeginning)
        {
            await bench.Beginnings.TryWriteAsync(
                VectorTrail.Organization, TrailBeginning.None with { Edge = trail.Before, GoneTo = trail.Before.Size }, Cancellation);
        }

        foreach (var (index, file) in trail.CheckpointFiles.Index())
        {
            var name = $"{Options.FolderOf(VectorTrail.Organization)}/{index + 1:D10}.json";
            await _checkpoints.UploadBlobAsync(name, BinaryData.FromString(VectorTrail.Text(file).ToJsonString()), Cancellation);
        }

        return await bench.VerifyAsync(VectorTrail.Organization);
    }

    private async Task PutRecordsAsync(VectorCase trail)
    {
        var verifier = new TrailVerifier(CheckpointSeries.Read([], []), VectorTrail.Log, trail.Before, trail.Time);
        var rows = new List<TableEntity>();
        foreach (var line in trail.RecordLines)
        {
            verifier.Add(line);
            // What is gone leaves its place empty.
            var sequence = verifier.Edge.Size;
            rows.Add(line is null
                ? new TableEntity(VectorTrail.Organization, TrailRows.KeyOf(sequence)) { ["Deed"] = "no bytes" }
                : TrailRows.Row(VectorTrail.Organization, new StoredRecord(sequence, line, RecordMac.Of(_sealKey, VectorTrail.Log, sequence, line.Leaf))));
        }

        if (rows.Count > 0)
        {
            var head = TrailRows.Head(VectorTrail.Organization, new TrailHead(verifier.Edge, trail.Time, ETag: null));
            await new RowSeal(cloud.SecretStore(), TimeProvider.System, NullLogger<RowSeal>.Instance).SealAsync(AuditTrail.TableName, head, Cancellation);
            foreach (var some in rows.Append(head).Chunk(MostAtOnce))
            {
                await _table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), Cancellation);
            }
        }
    }

    private async Task ClearAsync()
    {
        var rows = await _table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"], cancellationToken: Cancellation).ToListAsync(Cancellation);
        foreach (var partition in rows.GroupBy(row => row.PartitionKey))
        {
            foreach (var some in partition.Chunk(MostAtOnce))
            {
                await _table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row)), Cancellation);
            }
        }

        await foreach (var blob in _checkpoints.GetBlobsAsync(cancellationToken: Cancellation))
        {
            await _checkpoints.DeleteBlobAsync(blob.Name, cancellationToken: Cancellation);
        }
    }
}
