using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Sandbox;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Does to a sandbox's stored trails what cannot be asked of the app.</summary>
internal sealed class TrailKeeper(SandboxHost sandbox, string organization) : ISecretSource
{
    private readonly TableServiceClient _tables = new(sandbox.Storage.ConnectionString);

    /// <summary>Signs a checkpoint now, as the app's timer does every five minutes.</summary>
    public async Task SignAsync()
    {
        var (time, options) = (TimeProvider.System, new AuditOptions(AuditOptions.Local));
        var secrets = new SecretStore(this, time, NullLogger<SecretStore>.Instance);
        var list = new TrailList(_tables, time);
        var seal = new RowSeal(secrets, time, NullLogger<RowSeal>.Instance);
        var beginnings = new TrailBeginnings(_tables, seal);
        var trail = new AuditTrail(
            _tables, options, list, beginnings, new PersonNames(_tables, secrets), seal, secrets, time, NullLogger<AuditTrail>.Instance);
        var tiles = new TrailTiles(_tables);
        var blobs = new CheckpointBlobs(new BlobServiceClient(sandbox.Storage.ConnectionString));
        var store = new CheckpointStore(blobs, options);
        var newest = new NewestCheckpoint(store, options, NullLogger<NewestCheckpoint>.Instance);
        var keys = new CheckpointKeys(secrets, store, options);
        var witnesses = new AuditWitnesses([]);
        var auditor = new StoredTrailVerifier(
            trail, beginnings, tiles, store, new CosignatureStore(blobs, store, options, witnesses, secrets), witnesses, newest, keys, options, secrets, time);
        var signer = new CheckpointSigner(
            trail, list, beginnings, tiles, auditor, store, newest, keys, new TrailFindings(_tables, seal, time, NullLogger<TrailFindings>.Instance), options, time, NullLogger<CheckpointSigner>.Instance);
        Assert.True(await signer.SignAsync(organization, TestContext.Current.CancellationToken), "The trail is broken already.");
    }

    /// <summary>Changes words of the first record that has them, behind the app's back, in Azurite.</summary>
    /// <returns>The record's number.</returns>
    public async Task<long> AlterAsync(string was, string becomes)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var table = _tables.GetTableClient(AuditTrail.TableName);
        var row = await table.QueryAsync<TableEntity>(row => row.PartitionKey == organization, cancellationToken: cancellationToken)
            .FirstAsync(row => Deed(row)?.Contains(was, StringComparison.Ordinal) ?? false, cancellationToken);
        row["Deed"] = Encoding.UTF8.GetBytes(Deed(row)!.Replace(was, becomes, StringComparison.Ordinal));
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken);
        return long.Parse(row.RowKey, CultureInfo.InvariantCulture);
    }

    private static string? Deed(TableEntity row) => row.GetBinary("Deed") is { } deed ? Encoding.UTF8.GetString(deed) : null;

    Task<IReadOnlyList<SecretVersion>> ISecretSource.ReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SecretVersion>>([new SecretVersion(sandbox.Secrets[name])]);
}
