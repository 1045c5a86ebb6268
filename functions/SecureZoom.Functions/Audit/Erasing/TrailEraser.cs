using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>
/// Destroys a person's parts in a trail: what is destroyed is on record first, then it goes row by row. Again, or after a crash, it goes on
/// with what is on record already.
/// </summary>
internal sealed class TrailEraser(AuditTrail trail, ErasureTable erasures, TableServiceClient tables, TimeProvider time)
{
    private const int Parallel = 8;
    private const int Attempts = 10;

    /// <summary>Numbers in one record: with those of a large trail they stay below what details may have.</summary>
    private const int MaxNumbers = 1_600;

    private static readonly AuditActor Us = new() { Type = AuditActorTypes.System, Name = "SecureZoom" };

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);

    /// <summary>Erases what records hold from one on.</summary>
    /// <param name="before">Only what happened before that; null for all.</param>
    /// <param name="keepsEnding">Whether what put the person out stays: it is in force.</param>
    /// <param name="holds">What must not be erased.</param>
    /// <exception cref="ErasureException">Something of it is on hold: this pass destroys nothing.</exception>
    /// <exception cref="TrailDamagedException">The trail takes no record.</exception>
    public async Task<ErasurePass> EraseAsync(
        Erasure erasure, NamedPerson person, long first, DateTimeOffset? before, bool keepsEnding, IReadOnlyList<LegalHold> holds, CancellationToken cancellationToken)
    {
        var pass = new ErasurePass(first - 1);
        await foreach (var stored in trail.ReadOwnAsync(erasure.Organization, first, cancellationToken))
        {
            pass.LookedTo = stored.Sequence;
            if (stored.Line is not { } line || PersonParts.Of(line.Record) is not { } parts)
            {
                continue;
            }

            if (FindAuthority(erasure, stored) is { } authority)
            {
                pass.Authorities.Add(authority);
            }

            var found = before is null || parts.Deed.OccurredAt <= before ? parts.Of(person) : [];
            if (found.Count == 0)
            {
                continue;
            }

            if (holds.Any(hold => hold.Covers(stored.Sequence)))
            {
                // Also where the record itself would stay: what is beside the trail of whoever is in it would not.
                throw new ErasureException(ErasureError.OnHold);
            }

            var goes = keepsEnding && parts.EndsAccess ? [] : parts.Erasable(found);
            if (goes.Count < found.Count)
            {
                pass.Keep(parts.Deed.Action);
            }

            if (goes.Count > 0)
            {
                pass.Found.Add(stored.Sequence, goes);
            }
        }

        await AuthoriseAsync(erasure, person, pass, cancellationToken);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            pass.Found,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (record, token) => await DestroyAsync(erasure.Organization, record.Key, record.Value, pass, token));
        return pass;
    }

    /// <summary>What an erasure has destroyed: what its records say, as far as it is withheld by their authority.</summary>
    public async Task<ErasedSoFar> CountAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var authorities = new List<ErasureAuthority>();
        var withheld = new List<(long Sequence, int Part, IReadOnlyList<long> By)>();
        await foreach (var stored in trail.ReadOwnAsync(erasure.Organization, 1, cancellationToken))
        {
            if (stored.Line is not { } line)
            {
                continue;
            }

            withheld.AddRange(line.Record.Parts.Index().Where(part => part.Item.IsWithheld).Select(part => (stored.Sequence, part.Index, stored.ErasedBy)));
            if (FindAuthority(erasure, stored) is { } authority)
            {
                authorities.Add(authority);
            }
        }

        var destroyed = withheld.Where(one => authorities.Any(authority => one.By.Contains(authority.Sequence) && authority.Parts.Any(part => part.Part == one.Part && part.Has(one.Sequence)))).ToList();
        return new ErasedSoFar([.. authorities.Select(one => one.Sequence)], destroyed.Count, destroyed.Select(one => one.Sequence).Distinct().LongCount());
    }

    /// <summary>Says on record that an erasure is not carried out, or not to its end, and why; again it says nothing more.</summary>
    public async Task RecordRefusalAsync(Erasure erasure, string reason, CancellationToken cancellationToken) => await trail.AppendAsync(
        erasure.Organization,
        [
            new AuditEvent
            {
                Id = await erasures.IdOfAsync(erasure, reason, cancellationToken),
                OccurredAt = time.GetUtcNow(),
                ReceivedAt = time.GetUtcNow(),
                Actor = Us,
                Action = AuditActions.AuditErasureRequest,
                Target = new AuditTarget("erasure", erasure.Id),
                Outcome = AuditOutcomes.Failure,
                Reason = reason,
                Source = AuditSources.App,
                Details = new JsonObject { ["key"] = erasure.Key },
            },
        ],
        cancellationToken);

    /// <summary>Where a record says that parts are destroyed by this erasure.</summary>
    private static ErasureAuthority? FindAuthority(Erasure erasure, StoredRecord stored) =>
        stored.Line is { } line && PersonParts.Of(line.Record) is { } parts
        && parts.Deed.Action == AuditActions.AuditErased && parts.Deed.Target?.Id?.ToString() == erasure.Id
            ? ErasureAuthority.Of(stored.Sequence, line.Record)
            : null;

    /// <summary>Says on record what is destroyed, as far as that is not said yet.</summary>
    private async Task AuthoriseAsync(Erasure erasure, NamedPerson person, ErasurePass pass, CancellationToken cancellationToken)
    {
        var events = new List<AuditEvent>();
        foreach (var parts in Chunk(pass.Unauthorised()))
        {
            var list = new JsonArray([.. parts.Select(one => new JsonObject
            {
                ["part"] = one.Part,
                ["records"] = new JsonArray([.. one.Records.Select(sequence => JsonValue.Create(sequence))]),
            })]);
            var id = await erasures.IdOfAsync(erasure, list.ToJsonString(), cancellationToken);
            events.Add(Event(erasure, person, id, parts, list));
        }

        if (events.Count == 0)
        {
            return;
        }

        await trail.AppendAsync(erasure.Organization, events, cancellationToken);
        foreach (var one in events)
        {
            pass.Authorities.Add(await FindAsync(erasure.Organization, one.Id, cancellationToken));
        }
    }

    private AuditEvent Event(Erasure erasure, NamedPerson person, string id, IReadOnlyList<ErasedParts> parts, JsonArray list) => new()
    {
        Id = id,
        OccurredAt = time.GetUtcNow(),
        ReceivedAt = time.GetUtcNow(),
        Actor = erasure.By ?? Us,
        Action = AuditActions.AuditErased,
        Target = new AuditTarget("erasure", erasure.Id),
        Outcome = AuditOutcomes.Success,
        Source = AuditSources.App,
        Details = new JsonObject
        {
            ["key"] = erasure.Key,
            // Whoever asks for it may have written the name there.
            ["note"] = person.IsIn(erasure.Reason) ? "[erased]" : erasure.Reason,
            ["count"] = parts.Sum(one => one.Count),
            ["records"] = parts.SelectMany(one => one.Sequences).Distinct().Count(),
            ["parts"] = list,
        },
    };

    /// <summary>The record that was just written, by the guard of its event.</summary>
    private async Task<ErasureAuthority> FindAsync(string organization, string eventId, CancellationToken cancellationToken)
    {
        var guard = (await _table.GetEntityAsync<TableEntity>(organization, TrailRows.GuardOf(eventId), cancellationToken: cancellationToken)).Value;
        var sequence = guard.GetInt64(TrailRows.SequenceColumn) ?? 0;
        return await trail.ReadAsync(organization, sequence, cancellationToken) is { Line: { } line } && ErasureAuthority.Of(sequence, line.Record) is { } authority
            ? authority
            : throw new TrailDamagedException("What says that parts are destroyed is not on record.");
    }

    private async Task DestroyAsync(
        string organization, long sequence, IReadOnlyList<int> parts, ErasurePass pass, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(organization, TrailRows.KeyOf(sequence), cancellationToken: cancellationToken);
            if (!found.HasValue || TrailRows.Read(found.Value!, sequence) is not { Line: { } line } stored)
            {
                return;
            }

            int[] left = [.. parts.Where(number => number < line.Record.Parts.Count && !line.Record.Parts[number].IsWithheld)];
            if (left.Length == 0)
            {
                return;
            }

            var record = line.Record with
            {
                Parts = [.. line.Record.Parts.Select((part, number) => left.Contains(number) ? part.Withhold() : part)],
            };
            var row = TrailRows.Row(organization, stored with
            {
                Line = line with { Record = record },
                ErasedBy = [.. stored.ErasedBy.Concat(left.Select(number => pass.AuthorityOf(sequence, number))).Distinct().Order()],
            });
            try
            {
                await _table.UpdateEntityAsync(row, found.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                return;
            }
            catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status412PreconditionFailed && attempt < Attempts)
            {
                // Another person of the record is erased at the same time.
            }
        }
    }

    /// <summary>As much as one record names.</summary>
    private static IEnumerable<IReadOnlyList<ErasedParts>> Chunk(IReadOnlyList<ErasedParts> parts)
    {
        var chunk = new List<ErasedParts>();
        var numbers = 0;
        foreach (var (part, records) in parts)
        {
            foreach (var some in records.Chunk(MaxNumbers))
            {
                if (numbers + some.Length > MaxNumbers)
                {
                    yield return chunk;
                    (chunk, numbers) = ([], 0);
                }

                chunk.Add(new ErasedParts(part, some));
                numbers += some.Length;
            }
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
