using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>Finds everything that is kept of a person: what an erasure would find, and what it would leave. That it was told is on record.</summary>
internal sealed class PersonSearch(
    AuditTrail trail, TrailList list, ErasureTable erasures, LegalHolds holds, MessageEraser messages, IEnumerable<IPersonStore> stores, TimeProvider time)
{
    /// <summary>The organisations that have a trail.</summary>
    public async Task<IReadOnlyList<string>> ReadOrganizationsAsync(CancellationToken cancellationToken) =>
        [.. (await list.ReadAsync(cancellationToken)).Select(listed => listed.Organization).Order(StringComparer.Ordinal)];

    /// <summary>Whoever is called so, as a trail knows them.</summary>
    public async Task<NamedPerson> KnowAsync(string organization, string called, CancellationToken cancellationToken)
    {
        var person = new NamedPerson(called);
        await TrailSurvey.OfAsync(trail, organization, person, cancellationToken);
        return person;
    }

    /// <summary>The organisations whose trails name a person, in what an erasure would destroy.</summary>
    public async Task<IReadOnlyList<string>> FindTrailsAsync(string called, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var organization in await ReadOrganizationsAsync(cancellationToken))
        {
            var person = await KnowAsync(organization, called, cancellationToken);
            if (person.IsSomebody && await FindAsync(organization, person, cancellationToken).AnyAsync(one => !one.IsKept, cancellationToken))
            {
                found.Add(organization);
            }
        }

        return found;
    }

    /// <summary>The records in which a person is.</summary>
    /// <exception cref="TrailDamagedException">One of the trail's is not as we left it.</exception>
    public async IAsyncEnumerable<FoundRecord> FindAsync(
        string organization, NamedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var stored in trail.ReadOwnAsync(organization, 1, cancellationToken))
        {
            if (stored.Line is { } line && PersonParts.Of(line.Record) is { } parts && parts.Of(person) is { Count: > 0 } found)
            {
                yield return new FoundRecord(stored, found, parts.Erasable(found).Count == 0);
            }
        }
    }

    /// <summary>What is kept beside the trail in an organisation: rows of tables, ended access, erasures and holds.</summary>
    public async IAsyncEnumerable<JsonObject> FindBesideAsync(string organization, NamedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var store in stores)
        {
            await foreach (var row in store.TellAsync(organization, person, cancellationToken))
            {
                yield return row;
            }
        }

        foreach (var (erasure, _) in await erasures.ReadAsync(organization, cancellationToken))
        {
            if (erasure.Person is { } called && (person.IsAddress(called) || person.Words.Contains(called, StringComparer.OrdinalIgnoreCase)))
            {
                yield return new JsonObject { ["table"] = AuditTrail.TableName, ["kind"] = "erasure", ["id"] = erasure.Id, ["state"] = erasure.State, ["person"] = called };
            }
        }

        foreach (var hold in await holds.ReadAsync(organization, cancellationToken))
        {
            if (hold.Key is not null && await holds.IsOnAsync([hold], organization, person, cancellationToken))
            {
                yield return new JsonObject { ["table"] = AuditTrail.TableName, ["kind"] = "legal hold", ["id"] = hold.Id, ["since"] = hold.Since };
            }
        }
    }

    /// <summary>Messages that lie aside, of any organisation, which name a person.</summary>
    public IAsyncEnumerable<string> FindMessagesAsync(NamedPerson person, CancellationToken cancellationToken) => messages.FindAsync(person, cancellationToken);

    /// <summary>Says in a trail that it was read for a person who asks.</summary>
    public async Task RecordAsync(string organization, string called, long records, AuditActor by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await trail.AppendAsync(
            organization,
            [
                new AuditEvent
                {
                    Id = Guid.CreateVersion7(now).ToString("N"),
                    OccurredAt = now,
                    ReceivedAt = now,
                    Actor = by,
                    Action = AuditActions.AuditTold,
                    Target = new AuditTarget("audit"),
                    Outcome = AuditOutcomes.Success,
                    Source = AuditSources.App,
                    Details = new JsonObject { ["key"] = await erasures.KeyOfAsync(organization, called, cancellationToken), ["records"] = records },
                },
            ],
            cancellationToken);
    }
}
