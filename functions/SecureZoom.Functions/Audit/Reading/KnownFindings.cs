using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Says that findings about a trail are known; first in that trail, and in the operator's own.</summary>
public sealed class KnownFindings(TrailFindings findings, AuditRecorder audit, AuditTrail trail, GroupPermissions permissions, TimeProvider time)
{
    /// <summary>How long a reason may be, in characters.</summary>
    internal const int MaxReason = 200;

    /// <returns>All findings about the trail, as they are then.</returns>
    public async Task<IReadOnlyList<TrailFinding>> AcknowledgeAsync(CallContext call, FindingsKnown known, CancellationToken cancellationToken)
    {
        var organization = AuditScope.Of(call.Caller, known.Organization);
        if (known.Reason.Trim().Length is 0 or > MaxReason)
        {
            throw new RequestException(RequestError.Invalid, "reason is a sentence of 200 characters at the most.");
        }

        var before = await findings.ReadAsync(organization, cancellationToken);
        var open = Open(before, known.Findings);
        if (open.Length == 0)
        {
            return before;
        }

        var record = call.Event(
            time.GetUtcNow(),
            AuditActions.AuditFindingsKnown,
            AuditOutcomes.Success,
            new AuditTarget("audit", organization),
            details: Details(organization, open, known.Reason));
        await audit.RecordAsync(record.Organization == organization ? record : record.WithOwner(organization), cancellationToken);
        return await findings.AcknowledgeAsync(organization, open, cancellationToken);
    }

    /// <summary>As an operator's command says it, which is on record in both trails before it counts.</summary>
    /// <param name="reason">A sentence of <see cref="MaxReason"/> characters at the most.</param>
    /// <returns>Those that were not known before.</returns>
    internal async Task<IReadOnlyList<string>> AcknowledgeAsync(
        string organization, IReadOnlyList<string> ids, string reason, AuditActor by, CancellationToken cancellationToken)
    {
        var open = Open(await findings.ReadAsync(organization, cancellationToken), ids);
        if (open.Length == 0)
        {
            return open;
        }

        var now = time.GetUtcNow();
        var record = new AuditEvent
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            OccurredAt = now,
            ReceivedAt = now,
            Actor = by,
            Action = AuditActions.AuditFindingsKnown,
            Target = new AuditTarget("audit", organization),
            Outcome = AuditOutcomes.Success,
            Source = AuditSources.App,
            Details = Details(organization, open, reason),
        };
        foreach (var whose in new[] { organization, permissions.OperatorOrganization }.OfType<string>().Distinct())
        {
            await trail.AppendAsync(whose, [record], cancellationToken);
        }

        await findings.AcknowledgeAsync(organization, open, cancellationToken);
        return open;
    }

    private static string[] Open(IReadOnlyList<TrailFinding> found, IReadOnlyList<string> ids) =>
        [.. found.Where(finding => finding.KnownSince is null && ids.Contains(finding.Id)).Select(finding => finding.Id)];

    private static JsonObject Details(string organization, string[] ids, string reason) => new()
    {
        ["organization"] = organization,
        ["findings"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]),
        ["reason"] = reason,
    };
}
