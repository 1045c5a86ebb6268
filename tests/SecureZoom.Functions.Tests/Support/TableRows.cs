using Azure.Data.Tables;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>What somebody does who may write to the tables.</summary>
internal static class TableRows
{
    /// <summary>Takes every row of a partition away.</summary>
    public static async Task DeleteRowsAsync(this TableClient table, string partition)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.PartitionKey == partition, cancellationToken: cancellationToken))
        {
            await table.DeleteEntityAsync(row, cancellationToken: cancellationToken);
        }
    }
}
