using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Access;

/// <summary>What a record tells of whose access has ended is in the list once it is in the trail: as a rule it was long before.</summary>
/// <remarks>What was on its way to the trail while the list was made anew from it comes in by this.</remarks>
internal sealed class AccessInTrail(EndedAccessList access) : IAuditConsequence
{
    public async Task FollowAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        var changes = ChangesOf(organization, auditEvent.Actor, auditEvent.Source, auditEvent.Action, auditEvent.OccurredAt, auditEvent.Details);
        if (changes.Count > 0 && !await access.HasAsync(changes, cancellationToken))
        {
            await access.ApplyAsync(changes, cancellationToken);
        }
    }

    /// <summary>The changes that a record tells of.</summary>
    public static IReadOnlyList<EndedAccessChange> ChangesOf(
        string organization, AuditActor actor, string source, string action, DateTimeOffset at, JsonObject? details) => RecordedAccess.Read(
        details,
        new RecordedChange(
            at,
            organization == OrganizationId.Unassigned ? null : organization,
            source == AuditSources.App ? details?["note"]?.ToString() ?? action : action,
            source == AuditSources.App ? RevocationDesk.NameOf(actor) : source,
            source == AuditSources.App ? details?["revocation"]?.ToString() : null));
}
