using Azure.Data.Tables;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit.Retaining;

/// <summary>What the app's tables hold.</summary>
internal static class StoredRows
{
    private static readonly string[] Tables = ["audit", "meetings", "access", CustomerList.Table];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every row that names an organisation, with all that it holds, behind its table and keys.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(Cloud cloud, string organization)
    {
        var found = new List<string>();
        foreach (var name in Tables)
        {
            await foreach (var row in new TableClient(cloud.Storage.ConnectionString, name).QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                var members = row.OrderBy(member => member.Key, StringComparer.Ordinal)
                    .Select(member => member.Value is byte[] bytes ? Convert.ToBase64String(bytes) : member.Value?.ToString());
                var text = $"{name}/{row.PartitionKey}/{row.RowKey}/{string.Join(',', members)}";
                if (text.Contains(organization, StringComparison.Ordinal))
                {
                    found.Add(text);
                }
            }
        }

        return found;
    }
}
