using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>What must not be erased: a sealed row a hold in the partition <c>.holds</c> of the table <c>audit</c>. It is on record before it holds.</summary>
internal sealed class LegalHolds(TableServiceClient tables, RowSeal seal, AuditTrail trail, ErasureTable erasures, TimeProvider time)
{
    public const string Partition = ".holds";
    private const string Column = "Hold";

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);

    /// <param name="person">An address, a subject or a pseudonym; null for a range.</param>
    public async Task<LegalHold> AddAsync(
        string organization, string? person, (long First, long Last)? range, string reason, AuditActor by, CancellationToken cancellationToken)
    {
        var key = person is null ? null : await erasures.KeyOfAsync(organization, person, cancellationToken);
        var hold = new LegalHold(Guid.CreateVersion7(time.GetUtcNow()).ToString("N"), organization, key, range?.First, range?.Last, reason, time.GetUtcNow());
        await RecordAsync(hold, AuditActions.AuditHoldAdded, reason, by, cancellationToken);
        var row = new TableEntity(Partition, KeyOf(hold)) { [Column] = JsonSerializer.SerializeToUtf8Bytes(hold, ErasureRowJson.Default.LegalHold) };
        await seal.SealAsync(AuditTrail.TableName, row, cancellationToken);
        await _table.ReplaceRowAsync(row, cancellationToken);
        return hold;
    }

    /// <summary>Those of an organisation, the oldest first.</summary>
    public async Task<IReadOnlyList<LegalHold>> ReadAsync(string organization, CancellationToken cancellationToken)
    {
        var (from, to) = ($"{organization}:", $"{organization};");
        var holds = new List<LegalHold>();
        await foreach (var row in _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from} and RowKey lt {to}"), cancellationToken: cancellationToken))
        {
            // One that is not ours is missed by what the trail says.
            if (await seal.CheckAsync(AuditTrail.TableName, row, cancellationToken) != SealState.Wrong
                && row.GetBinary(Column) is { } json
                && JsonSerializer.Deserialize(json, ErasureRowJson.Default.LegalHold) is { } hold)
            {
                holds.Add(hold);
            }
        }

        return holds;
    }

    /// <summary>Lifts what the trail says is on hold, whether its row is there or lost.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(string organization, string id, string reason, AuditActor by, CancellationToken cancellationToken)
    {
        var recorded = (await ReadRecordedAsync(organization, cancellationToken)).FirstOrDefault(hold => hold.Id == id);
        var row = (await ReadAsync(organization, cancellationToken)).FirstOrDefault(hold => hold.Id == id);
        if (recorded is not null)
        {
            await RecordAsync(recorded, AuditActions.AuditHoldRemoved, reason, by, cancellationToken);
        }

        // One that was lifted before may have a row all the same.
        if ((recorded ?? row) is not { } found)
        {
            return false;
        }

        await _table.DeleteEntityAsync(Partition, KeyOf(found), ETag.All, cancellationToken);
        return true;
    }

    /// <summary>What the trail says is on hold, and was not lifted.</summary>
    public async Task<IReadOnlyList<LegalHold>> ReadRecordedAsync(string organization, CancellationToken cancellationToken)
    {
        var holds = new Dictionary<string, LegalHold>(StringComparer.Ordinal);
        await foreach (var stored in trail.ReadOwnAsync(organization, 1, cancellationToken))
        {
            if (stored.Line is not { } line || PersonParts.Of(line.Record) is not { IsKept: true } parts || parts.Deed.Target?.Id?.ToString() is not { } id)
            {
                continue;
            }

            if (parts.Deed.Action == AuditActions.AuditHoldRemoved)
            {
                holds.Remove(id);
            }
            else if (parts.Deed.Action == AuditActions.AuditHoldAdded && RecordFormat.TryRead(line.Record)?.Details is { } details)
            {
                holds[id] = new LegalHold(
                    id, organization, (string?)details["key"], (long?)details["first"], (long?)details["last"], (string?)details["note"] ?? "", parts.Deed.OccurredAt);
            }
        }

        return [.. holds.Values];
    }

    /// <summary>Whether a hold is on a person.</summary>
    public async Task<bool> IsOnAsync(IReadOnlyList<LegalHold> holds, string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        foreach (var word in holds.Any(hold => hold.Key is not null) ? person.Words.Append(person.Called).Distinct() : [])
        {
            var key = await erasures.KeyOfAsync(organization, word, cancellationToken);
            if (holds.Any(hold => hold.Key == key))
            {
                return true;
            }
        }

        return false;
    }

    private static string KeyOf(LegalHold hold) => $"{hold.Organization}:{hold.Id}";

    private async Task RecordAsync(LegalHold hold, string action, string reason, AuditActor by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var details = new JsonObject { ["note"] = reason };
        if (hold.Key is { } key)
        {
            details["key"] = key;
        }
        else
        {
            (details["first"], details["last"]) = (hold.First, hold.Last);
        }

        await trail.AppendAsync(
            hold.Organization,
            [
                new AuditEvent
                {
                    Id = Guid.CreateVersion7(now).ToString("N"),
                    OccurredAt = now,
                    ReceivedAt = now,
                    Actor = by,
                    Action = action,
                    Target = new AuditTarget("hold", hold.Id),
                    Outcome = AuditOutcomes.Success,
                    Source = AuditSources.App,
                    Details = details,
                },
            ],
            cancellationToken);
    }
}
