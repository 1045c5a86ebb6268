using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Indexing;

/// <summary>Takes a person out of a trail's index: tiles that have them are indexed anew, as their records are then.</summary>
internal sealed class IndexEraser(IndexTable table, TrailIndexer indexer, SecretStore secrets) : IPersonStore
{
    public async Task<IReadOnlyList<string>> ForgetAsync(string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        var marks = await TrailMarks.OpenAsync(secrets, organization, cancellationToken);
        var names = person.Keys.Select(marks.OfName).ToHashSet();
        foreach (var tile in await FindAsync(organization, names, cancellationToken))
        {
            await indexer.WriteAsync(organization, tile, marks, linked: names, cancellationToken);
        }

        await table.UnlinkAsync(organization, names, cancellationToken);
        return [];
    }

    public async IAsyncEnumerable<JsonObject> TellAsync(string organization, NamedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var marks = await TrailMarks.OpenAsync(secrets, organization, cancellationToken);
        var tiles = await FindAsync(organization, [.. person.Keys.Select(marks.OfName)], cancellationToken);
        if (tiles.Count > 0)
        {
            yield return new JsonObject { ["table"] = AuditTrail.TableName, ["kind"] = "index, by MACs", ["tiles"] = tiles.Count };
        }
    }

    private async Task<IReadOnlyList<long>> FindAsync(string organization, HashSet<ulong> names, CancellationToken cancellationToken)
    {
        var filters = table.ReadAsync(organization, 0, long.MaxValue - 1, cancellationToken);
        return [.. await filters.Where(one => names.Any(one.Filter.Has)).Select(one => one.Tile).ToListAsync(cancellationToken)];
    }
}
