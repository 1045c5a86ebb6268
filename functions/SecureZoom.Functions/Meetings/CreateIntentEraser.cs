using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Forgets the meetings that a person was about to create, once Zoom's word of them has had its time.</summary>
internal sealed class CreateIntentEraser(TableServiceClient tables, RowSeal seal, ZoomAccounts zoom, TimeProvider time) : IPersonStore
{
    /// <summary>How long an intent may still be needed to find whose a new meeting is.</summary>
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(5);

    private readonly TableClient _table = tables.GetTableClient(AccessTable.Name);

    public async Task<IReadOnlyList<string>> ForgetAsync(string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        var kept = new List<string>();
        await foreach (var row in FindAsync(organization, person, cancellationToken))
        {
            if (row.Timestamp > time.GetUtcNow() - InUse)
            {
                kept.Add("a meeting that is being created, for some minutes");
            }
            else
            {
                await _table.TryDeleteRowAsync(row, cancellationToken);
            }
        }

        return kept;
    }

    public IAsyncEnumerable<JsonObject> TellAsync(string organization, NamedPerson person, CancellationToken cancellationToken) =>
        FindAsync(organization, person, cancellationToken).Select(row => new JsonObject
        {
            ["table"] = AccessTable.Name,
            ["kind"] = "meeting to be created",
            ["host"] = person.IsAddress(row.GetString(nameof(CreateIntent.Host))) ? row.GetString(nameof(CreateIntent.Host)) : null,
            ["topic"] = row.GetString(nameof(CreateIntent.Topic)) is { } topic && person.IsIn(topic) ? topic : null,
        });

    private async IAsyncEnumerable<TableEntity> FindAsync(string organization, NamedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var partition in zoom.All.Select(account => CreateIntents.PartitionKey(account.AccountId)))
        {
            await foreach (var row in _table.QueryRowsAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken))
            {
                if (await seal.CheckAsync(AccessTable.Name, row, cancellationToken) != SealState.Wrong && Names(row, organization, person))
                {
                    yield return row;
                }
            }
        }
    }

    private static bool Names(TableEntity row, string organization, NamedPerson person) =>
        row.GetString(nameof(CreateIntent.Organization)) == organization
        && (person.IsAddress(row.GetString(nameof(CreateIntent.Host))) || (row.GetString(nameof(CreateIntent.Topic)) is { } topic && person.IsIn(topic)));
}
