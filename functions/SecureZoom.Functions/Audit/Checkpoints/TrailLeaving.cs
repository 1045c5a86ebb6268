using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Storage;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// Lets go of an organisation's whole trail and of all that is kept beside it: first it is said in the operators' trail and in its own,
/// signed; then everything goes but the trail's end, its tiles and that last record, which name nobody, and the checkpoints. Again, or after
/// a crash, it goes on.
/// </summary>
internal sealed class TrailLeaving(
    AuditTrail trail,
    TrailBeginnings beginnings,
    TrailRemover remover,
    TrailCutter cutter,
    CheckpointSigner signer,
    LegalHolds holds,
    IEnumerable<IOrganizationStore> stores,
    TableServiceClient tables,
    TimeProvider time)
{
    private const int Attempts = 5;

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);

    /// <summary>Whether something of it is on hold, by a hold's row or by what the trail says: whoever takes the row away lifts nothing.</summary>
    /// <exception cref="TrailDamagedException">What the trail says cannot be read.</exception>
    public async Task<bool> IsOnHoldAsync(string organization, CancellationToken cancellationToken) =>
        (await holds.ReadAsync(organization, cancellationToken)).Count > 0 || (await holds.ReadRecordedAsync(organization, cancellationToken)).Count > 0;

    /// <summary>Whether it has begun.</summary>
    public async Task<bool> HasBegunAsync(string organization, CancellationToken cancellationToken) =>
        (await beginnings.ReadAsync(organization, cancellationToken)).HasLeft;

    /// <summary>What there is to take along, as the trail itself says: the first record that is left, and the tree that is signed.</summary>
    /// <exception cref="TrailDamagedException">What says that it goes is not on record.</exception>
    public async Task<(long First, TreeHead Signed)> ReadWholeAsync(string organization, CancellationToken cancellationToken)
    {
        var beginning = await beginnings.ReadAsync(organization, cancellationToken);
        if (!beginning.HasLeft)
        {
            return (beginning.Size + 1, await cutter.ReadSignedAsync(organization, cancellationToken));
        }

        // It is going already: what was exported then is what went.
        return await trail.ReadAsync(organization, beginning.Authority, cancellationToken) is { Line: { } line }
            && CutAuthority.Of(beginning.Authority, line.Record) is { } authority && authority.Last == beginning.Size
            ? (authority.First, beginning.Edge.Head)
            : throw new TrailDamagedException("What says that records go is not on record.");
    }

    /// <summary>Says in both trails that all of it is exported, before it is.</summary>
    public async Task RecordExportAsync(string organization, string operators, AuditActor by, CancellationToken cancellationToken)
    {
        if (await trail.ReadSizeAsync(organization, cancellationToken) == 0)
        {
            // Of a name that is nobody's there would be a trail from then on.
            return;
        }

        foreach (var trailOf in (string[])[organization, operators])
        {
            await trail.AppendAsync(trailOf, [Exported(organization, by)], cancellationToken);
        }
    }

    /// <summary>Signs a trail to its end.</summary>
    /// <exception cref="TrailDamagedException">It is not signed.</exception>
    public async Task<TreeHead> SignAsync(string organization, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            // Something may come meanwhile.
            await signer.SignAsync(organization, cancellationToken);
            var head = (await trail.ReadHeadAsync(organization, cancellationToken)).Edge.Head;
            if (head.Size > 0 && head.Equals(await cutter.ReadSignedAsync(organization, cancellationToken)))
            {
                return head;
            }
        }

        throw new TrailDamagedException("The trail is not signed to its end.");
    }

    /// <param name="exported">The tree that was exported and verified.</param>
    /// <returns>What went, a line each; null where the trail is not the one that was exported.</returns>
    public async Task<IReadOnlyList<string>?> LetGoAsync(
        string organization, string operators, TreeHead exported, string reason, AuditActor by, CancellationToken cancellationToken)
    {
        var beginning = await beginnings.ReadAsync(organization, cancellationToken);
        if (!beginning.HasLeft)
        {
            if (!exported.Equals(await SignAsync(organization, cancellationToken)))
            {
                return null;
            }

            await trail.AppendAsync(operators, [Event(organization, exported, reason, by)], cancellationToken);
            beginning = await cutter.CutAsync(organization, beginning, exported.Size, by, leaves: true, cancellationToken)
                ?? throw new TrailDamagedException("Somebody else moves the trail's beginning.");
        }

        var gone = new List<string>();
        foreach (var store in stores)
        {
            gone.AddRange(await store.LetGoAsync(organization, cancellationToken));
        }

        await remover.RemoveAllAsync(organization, beginning.Authority, cancellationToken);
        await RemoveBesideAsync(organization, cancellationToken);
        await beginnings.TryWriteAsync(organization, beginning with { GoneTo = beginning.Size }, cancellationToken);
        return [.. gone, string.Create(CultureInfo.InvariantCulture, $"records 1 to {beginning.Size}")];
    }

    /// <summary>What else the table has of a trail: findings, how far it was verified, erasures, its place in the list.</summary>
    private async Task RemoveBesideAsync(string organization, CancellationToken cancellationToken)
    {
        foreach (var partition in (string[])[TrailFindings.Partition, VerificationRounds.Partition, TrailList.Partition])
        {
            await _table.DeleteEntityAsync(partition, organization, ETag.All, cancellationToken);
        }

        var (from, to) = ($"{organization}:", $"{organization};");
        await foreach (var row in _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {ErasureTable.Partition} and RowKey ge {from} and RowKey lt {to}"), cancellationToken: cancellationToken))
        {
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        }
    }

    private AuditEvent Exported(string organization, AuditActor by) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        OccurredAt = time.GetUtcNow(),
        ReceivedAt = time.GetUtcNow(),
        Actor = by,
        Action = AuditActions.AuditExported,
        Target = new AuditTarget("audit", organization),
        Outcome = AuditOutcomes.Success,
        Source = AuditSources.App,
        Details = new JsonObject { ["organization"] = organization, ["format"] = "leave" },
    };

    /// <summary>The same leave is the same event.</summary>
    private AuditEvent Event(string organization, TreeHead exported, string reason, AuditActor by)
    {
        var (now, root) = (time.GetUtcNow(), Convert.ToBase64String(exported.Root));
        return new AuditEvent
        {
            Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"left\n{organization}\n{root}")).AsSpan(0, 16)),
            OccurredAt = now,
            ReceivedAt = now,
            Actor = by,
            Action = AuditActions.AuditOrganizationLeft,
            Target = new AuditTarget("audit", organization),
            Outcome = AuditOutcomes.Success,
            Source = AuditSources.App,
            Details = new JsonObject { ["organization"] = organization, ["size"] = exported.Size, ["root"] = root, ["note"] = reason },
        };
    }
}
