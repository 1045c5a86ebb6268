using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Sandbox;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Does to a sandbox's stored trails what cannot be asked of the app.</summary>
internal sealed class TrailKeeper(SandboxHost sandbox, string organization) : ISecretSource
{
    private readonly TableServiceClient _tables = new(sandbox.Storage.ConnectionString);

    /// <summary>Signs a checkpoint now, as the app's timer does every five minutes.</summary>
    public async Task SignAsync()
    {
        var secrets = new SecretStore(this, TimeProvider.System, NullLogger<SecretStore>.Instance);
        var trail = new AuditTrail(_tables, new PersonNames(_tables), secrets, TimeProvider.System, NullLogger<AuditTrail>.Instance);
        var store = new CheckpointStore(new BlobServiceClient(sandbox.Storage.ConnectionString));
        var keys = new CheckpointKeys(secrets, store);
        var signer = new CheckpointSigner(
            trail, new StoredTrailVerifier(trail, store, keys, secrets), store, keys, TimeProvider.System, NullLogger<CheckpointSigner>.Instance);
        Assert.True(await signer.SignAsync(organization, TestContext.Current.CancellationToken), "The trail is broken already.");
    }

    /// <summary>Changes words of the first record that has them, behind the app's back, in Azurite.</summary>
    /// <returns>The record's number.</returns>
    public async Task<long> AlterAsync(string was, string becomes)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var table = _tables.GetTableClient(AuditTrail.TableName);
        var row = await table.QueryAsync<TableEntity>(row => row.PartitionKey == organization, cancellationToken: cancellationToken)
            .FirstAsync(row => Line(row)?.Contains(was, StringComparison.Ordinal) ?? false, cancellationToken);
        row["Line"] = Encoding.UTF8.GetBytes(Line(row)!.Replace(was, becomes, StringComparison.Ordinal));
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken);
        return long.Parse(row.RowKey, CultureInfo.InvariantCulture);
    }

    private static string? Line(TableEntity row) => row.GetBinary("Line") is { } line ? Encoding.UTF8.GetString(line) : null;

    Task<IReadOnlyList<SecretVersion>> ISecretSource.ReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SecretVersion>>([new SecretVersion(sandbox.Secrets[name])]);
}
