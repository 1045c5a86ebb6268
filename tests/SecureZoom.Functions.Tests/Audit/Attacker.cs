using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Somebody who has the table's key, but neither the MAC key nor the checkpoints' container: rewrites a trail as well as that allows.</summary>
internal sealed class Attacker(Cloud cloud, string organization)
{
    private readonly TableClient _table = new(cloud.Storage.ConnectionString, AuditTrail.TableName);

    /// <summary>Changes the list of records, then numbers them anew and recomputes every hash and the head.</summary>
    public async Task RewriteAsync(Action<List<JsonObject>> change)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var rows = await _table.QueryAsync<TableEntity>(row => row.PartitionKey == organization, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        var stored = rows.Where(row => char.IsAsciiDigit(row.RowKey[0])).OrderBy(row => row.RowKey, StringComparer.Ordinal).ToList();
        var macs = stored.Select(row => row.GetString("Mac")).ToList();
        var lines = stored.Select(row => row.GetBinary("Line")).ToList();
        var records = lines.Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        change(records);

        foreach (var row in stored)
        {
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
        }

        var hash = HashChain.Genesis;
        for (var index = 0; index < records.Count; index++)
        {
            records[index]["sequence"] = index + 1;
            var untouched = index < lines.Count && JsonNode.DeepEquals(records[index], JsonNode.Parse(lines[index]));
            var line = untouched ? lines[index] : Encoding.UTF8.GetBytes(records[index].ToJsonString());
            hash = HashChain.Link(hash, line);
            await _table.AddEntityAsync(
                new TableEntity(organization, (index + 1).ToString("D19", CultureInfo.InvariantCulture))
                {
                    ["Line"] = line,
                    ["Hash"] = hash,
                    ["Mac"] = macs[Math.Min(index, macs.Count - 1)],
                },
                cancellationToken);
        }

        await SetHeadAsync(records.Count, hash);
    }

    public async Task SetHeadAsync(long sequence, byte[] hash)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var head = (await _table.GetEntityAsync<TableEntity>(organization, "head", cancellationToken: cancellationToken)).Value;
        head["Sequence"] = sequence;
        head["Hash"] = hash;
        await _table.UpdateEntityAsync(head, head.ETag, TableUpdateMode.Replace, cancellationToken);
    }
}
